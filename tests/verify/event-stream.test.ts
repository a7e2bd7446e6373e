import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStream, type StreamEvent } from '../../src/verify/feed/event-stream.js';

function read(text: string, cuts: readonly number[] = []): StreamEvent[] {
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const stream = new EventStream();
  return [...ends, bytes.length].flatMap((end, index) => stream.push(bytes.subarray(index === 0 ? 0 : ends[index - 1], end)));
}

test('reads events, ids, comments and lines of every ending (HTML §9.2.6)', () => {
  expect(read(': hello\n\nretry: 1000\n\nid: 1\nevent: start\ndata: {}\n\ndata:a\r\ndata: b\r\n\r\nid\nid: 2\r\rdata\n\n')).toEqual([
    { type: 'start', data: '{}', id: '1' },
    { type: 'message', data: 'a\nb', id: '1' },
    { type: 'message', data: '', id: '2' },
  ]);
});

test('an event that is not finished is none', () => {
  expect(read('data: a\n')).toEqual([]);
});

test('however the bytes are cut, the events are the same', () => {
  const line = fc.constantFrom('data: ä', 'data:x', 'event: revoked', 'id: 7', ': ', '', '', 'other: y');
  const ending = fc.constantFrom('\n', '\r\n');
  const text = fc.tuple(fc.array(line, { maxLength: 30 }), ending).map(([lines, end]) => lines.map((one) => one + end).join(''));
  const cuts = fc.array(fc.nat(400), { maxLength: 10 });
  fc.assert(
    fc.property(text, cuts, (whole, at) => {
      expect(read(whole, at)).toEqual(read(whole));
    }),
  );
});

test('refuses an event without an end', () => {
  const stream = new EventStream();
  expect(() => {
    for (let i = 0; i < 100; i++) stream.push(Buffer.alloc(1024, 'a'));
  }).toThrow('too long');
});
