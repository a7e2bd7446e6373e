import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AuditEvent } from '../../../src/application/ports/audit-trail.js';
import { AuditFile, AuditLogError } from '../../../src/infrastructure/audit/audit-file.js';
import { AuditLog } from '../../../src/infrastructure/audit/audit-log.js';

let folder: string;
let file: string;
const failed = vi.fn();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keywright-audit-'));
  file = join(folder, 'audit.jsonl');
  failed.mockReset();
});
afterEach(() => {
  vi.restoreAllMocks();
  return rm(folder, { recursive: true });
});

const at = new Date('2030-01-01T00:00:00Z');
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({ at, action: 'token.issue', outcome: 'done', ...more });
const lines = async (of = file) =>
  (await readFile(of, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('is made for its owner only', async () => {
  const log = new AuditLog({ file }, failed);
  await log.close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('has a line of JSON for each event, in their order, and adds to what is there', async () => {
  await appendFile(file, '{"earlier":true}\n');
  const log = new AuditLog({ file }, failed);
  for (let count = 0; count < 1000; count += 1) log.record(event({ ended: count }));
  await log.close();
  const [first, ...others] = await lines();
  expect(first).toEqual({ earlier: true });
  expect(others.map(({ ended }) => ended)).toEqual(Array.from({ length: 1000 }, (_, count) => count));
  expect(failed).not.toHaveBeenCalled();
});

it('names what it tells as introspection does, leaves out what is not known, and cannot be given a line by what was typed', async () => {
  const log = new AuditLog({ file }, failed);
  log.record(event({ from: 'kw_at_in-a-header-of-a-proxy' }));
  log.record(event({ clientId: 'app', userId: null, grantId: null, from: null, tokenId: 'id', scopes: ['a', 'b'], reason: 'one\n{"action":"forged"}\u2028' }));
  await log.close();
  const told = { at: at.toJSON(), action: 'token.issue', outcome: 'done', reason: 'one\n{"action":"forged"}\u2028', client_id: 'app', jti: 'id', scope: 'a b' };
  expect(await lines()).toEqual([{ at: at.toJSON(), action: 'token.issue', outcome: 'done' }, told]);
});

it('is written while the server runs, not only at its end', async () => {
  const log = new AuditLog({ file }, failed);
  log.record(event());
  await vi.waitFor(async () => expect(await lines()).toHaveLength(1), { timeout: 5000 });
  await log.close();
});

it('holds whole lines where several processes add to one file', async () => {
  const logs = Array.from({ length: 4 }, () => new AuditLog({ file }, failed));
  for (let count = 0; count < 2000; count += 1) logs[count % 4]?.record(event({ clientId: 'x'.repeat(count % 300) }));
  await Promise.all(logs.map((log) => log.close()));
  expect(await lines()).toHaveLength(2000);
});

it('goes on in a new file when its own was moved away, as logrotate does, and loses no line', async () => {
  const log = new AuditLog({ file }, failed);
  let count = 0;
  const tell = () => log.record(event({ ended: count++ }));
  tell();
  await vi.waitFor(async () => expect(await lines()).toHaveLength(1), { timeout: 5000 });
  await rename(file, `${file}.1`);
  await vi.waitFor(
    () => {
      tell();
      expect(existsSync(file)).toBe(true);
    },
    { timeout: 10_000 },
  );
  tell();
  await log.close();
  const told = [...(await lines(`${file}.1`)), ...(await lines())].map(({ ended }) => ended);
  expect(told).toEqual(Array.from({ length: count }, (_, at) => at));
  expect((await lines()).length).toBeGreaterThan(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(failed).not.toHaveBeenCalled();
});

it('goes on in the file that was put in the place of its own', async () => {
  const log = new AuditLog({ file }, failed);
  await rename(file, `${file}.1`);
  await appendFile(file, '{"earlier":true}\n');
  await vi.waitFor(
    async () => {
      log.record(event());
      expect((await lines()).length).toBeGreaterThan(1);
    },
    { timeout: 10_000 },
  );
  await log.close();
  expect((await lines())[0]).toEqual({ earlier: true });
});

it('stays with its own file while no other can be made, says so once, and goes on in another as soon as it can', async () => {
  const log = new AuditLog({ file }, failed);
  const moved = `${folder}-moved`;
  await rename(folder, moved);
  await vi.waitFor(
    async () => {
      log.record(event());
      expect(failed).toHaveBeenCalledTimes(1);
    },
    { timeout: 10_000 },
  );
  expect(String(failed.mock.calls[0]?.[0])).toMatch(/AUDIT_LOG .* cannot be written: ENOENT/);
  log.record(event({ reason: 'no folder' }));
  await vi.waitFor(async () => expect(await lines(join(moved, 'audit.jsonl'))).toContainEqual(expect.objectContaining({ reason: 'no folder' })), {
    timeout: 5000,
  });
  await mkdir(folder);
  await vi.waitFor(
    async () => {
      log.record(event());
      expect(existsSync(file)).toBe(true);
    },
    { timeout: 10_000 },
  );
  await log.close();
  await rm(moved, { recursive: true });
  expect(failed).toHaveBeenCalledTimes(1);
});

it('says anew that no other file can be made when its own was back in between', async () => {
  const looks = vi.spyOn(AuditFile.prototype, 'isElsewhere');
  const log = new AuditLog({ file }, failed);
  const moved = `${folder}-moved`;
  await rename(folder, moved);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1), { timeout: 10_000 });
  await rename(moved, folder);
  const foundAgain = { type: 'fulfilled', value: false };
  looks.mockClear();
  await vi.waitFor(() => expect(looks.mock.settledResults).toContainEqual(foundAgain), { timeout: 10_000 });
  await rename(folder, moved);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  await log.close();
  await rename(moved, folder);
});

it('says once that it cannot be written, and keeps nobody from going on', async () => {
  const log = new AuditLog({ file: '/dev/full' }, failed);
  for (let count = 0; count < 500; count += 1) log.record(event());
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1), { timeout: 5000 });
  expect(String(failed.mock.calls[0]?.[0])).toMatch(/ENOSPC/);
  for (let count = 0; count < 500; count += 1) log.record(event());
  await log.close();
  expect(failed).toHaveBeenCalledTimes(1);
});

it('is refused at the start where it cannot be opened, or is a pipe that nobody may ever read', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(() => new AuditLog({ file: pipe }, failed)).toThrow(/AUDIT_LOG .* cannot be written: it is no file/);
  await mkdir(file);
  expect(() => new AuditLog({ file }, failed)).toThrow(AuditLogError);
  expect(() => new AuditLog({ file: join(folder, 'no', 'such', 'file') }, failed)).toThrow(/AUDIT_LOG .* cannot be written/);
});
