import { onTestFinished, vi } from 'vitest';

const shifts = { wall: 0, steady: 0 };

/** From here to the end of the test both clocks can be moved, and go on by themselves. */
function take(): void {
  if (vi.isMockFunction(performance.now)) return;
  const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
  const spies = [
    vi.spyOn(Date, 'now').mockImplementation(() => wall() + shifts.wall),
    vi.spyOn(performance, 'now').mockImplementation(() => steady() + shifts.steady),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    Object.assign(shifts, { wall: 0, steady: 0 });
  });
}

/** So many seconds pass, by both clocks. */
export function pass(seconds: number): void {
  setWallClock(seconds);
  passUnseen(seconds);
}

/** Somebody sets the wall clock by so many seconds: no time passes. */
export function setWallClock(seconds: number): void {
  take();
  shifts.wall += seconds * 1000;
}

/** So many seconds pass where the test moves the wall clock itself. */
export function passUnseen(seconds: number): void {
  take();
  shifts.steady += seconds * 1000;
}
