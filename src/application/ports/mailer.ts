export interface Mail {
  /** An address as `normaliseEmail` writes it. */
  readonly to: string;
  readonly subject: string;
  /** Plain text, lines ended by `\n`. */
  readonly text: string;
}

/** Hands mail to whatever delivers it. */
export interface Mailer {
  /** Throws when it was not taken over; what the error says may be logged, so it must not hold the text. */
  send(mail: Mail): Promise<void>;
}
