/** Milliseconds in which a second signal is taken for the first: a terminal and npm both send it. */
const sameSignal = 1000;

/** Resolves at the first SIGINT or SIGTERM. One that comes later, from somebody who will not wait, ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const told = () => {
      firstAt ??= performance.now();
      if (performance.now() - firstAt > sameSignal) process.exit(1);
      resolve();
    };
    process.on('SIGINT', told).on('SIGTERM', told);
  });
}
