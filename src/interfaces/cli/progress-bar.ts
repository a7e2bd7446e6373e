import type { Writable } from 'node:stream';
import type { MoveProgress } from '../../application/operations/move-progress.js';

const width = 30;
/** Milliseconds between two pictures of a bar. */
const pace = 100;

/** Shows how far a copy is: a bar that moves on a terminal, elsewhere a line for each table. */
export function progressBar(stream: Writable): { show(progress: MoveProgress): void; end(): void } {
  return 'isTTY' in stream && stream.isTTY ? movingBar(stream) : plainLines(stream);
}

function movingBar(stream: Writable) {
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress: MoveProgress) {
      if (performance.now() - shownAt < pace && progress.done < progress.total) return;
      shownAt = performance.now();
      stream.write(`\r\u001b[K${picture(progress)}`);
    },
    end: () => void stream.write('\r\u001b[K'),
  };
}

function picture({ step, table, done, total }: MoveProgress): string {
  if (total === 0) return `${step} ${table}  ${done} rows`;
  const part = Math.min(1, done / total);
  const filled = Math.round(part * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${String(Math.floor(part * 100)).padStart(3)} %  ${step} ${table}  ${done} of ${total} rows`;
}

function plainLines(stream: Writable) {
  let last = '';
  return {
    show({ step, table, done, total }: MoveProgress) {
      const line = `${step} ${table}`.trim();
      if (line === last) return;
      last = line;
      stream.write(`${line}${total > 0 && step === 'copying' ? `, ${done} of ${total} rows` : ''}\n`);
    },
    end: () => undefined,
  };
}
