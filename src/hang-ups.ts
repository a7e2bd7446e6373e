import { isatty } from 'node:tty';

/**
 * SIGHUP at a server, from its first line on: Node.js ends a process that does not listen, also where nohup(1) had the signal ignored. A terminal sends it when it is
 * closed; anybody else means a reload.
 */
export class HangUps {
  /** Resolves when the terminal is closed in which the server runs. */
  readonly terminalClosed: Promise<void>;
  private cameEarly = false;
  private heard = (): void => {
    this.cameEarly = true;
  };

  constructor() {
    // Asked now: of a terminal that is gone nobody can tell any more.
    const inTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
    this.terminalClosed = new Promise((resolve) => process.on('SIGHUP', () => (inTerminal ? resolve() : this.heard())));
  }

  /** From now on `reload` is called at each that no terminal sent, and once for those that came before. */
  whenAsked(reload: () => void): void {
    this.heard = reload;
    if (this.cameEarly) reload();
    this.cameEarly = false;
  }
}
