import { StringDecoder } from 'node:string_decoder';

export interface StreamEvent {
  /** `message` where the stream does not say. */
  readonly type: string;
  readonly data: string;
  /** The last one that the stream gave; '' for none. */
  readonly id: string;
}

/** Characters; an entry has a few hundred. */
const longestEvent = 65_536;

/** Reads server-sent events as they arrive (HTML §9.2.6): lines, `field: value`, an empty line sends it off, `:` begins a comment. */
export class EventStream {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  /** The events that are complete with this chunk. Throws when one is longer than is sane. */
  push(chunk: Buffer): StreamEvent[] {
    const lines = (this.rest + this.decoder.write(chunk)).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() as string;
    if (this.rest.length > longestEvent) throw new Error('an event of the feed is too long');
    return lines.flatMap((line) => this.line(line) ?? []);
  }

  private line(line: string): StreamEvent | null {
    if (line === '') return this.dispatch();
    const [, field, value = ''] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? [];
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.type = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    return null;
  }

  private dispatch(): StreamEvent | null {
    const event = { type: this.type || 'message', data: this.data.join('\n'), id: this.id };
    const complete = this.data.length > 0;
    this.type = '';
    this.data = [];
    return complete ? event : null;
  }
}
