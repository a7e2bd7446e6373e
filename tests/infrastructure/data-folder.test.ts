import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderError, makeDataFolder } from '../../src/infrastructure/data-folder.js';

describe('The data folder', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'keywright-folder-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('is made with those above it, for its owner only, also by several instances at once', async () => {
    const folder = join(parent, 'a/b/c');
    await Promise.all(Array.from({ length: 5 }, () => makeDataFolder(folder)));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is left as it is where it is there', async () => {
    await makeDataFolder(parent);
    await expect(makeDataFolder(parent)).resolves.toBeUndefined();
  });

  it.each(['file', 'file/folder'])('is refused in one line where a file is in the way (%s)', async (name) => {
    await writeFile(join(parent, 'file'), '');
    await expect(makeDataFolder(join(parent, name))).rejects.toThrow(/^DATA_DIR .* cannot be used: \w+: .+$/);
  });

  it.runIf(existsSync('/proc/self'))('is refused, not waited for, where the file system takes no folders', async () => {
    await expect(makeDataFolder('/proc/keywright/data')).rejects.toBeInstanceOf(DataFolderError);
  });
});
