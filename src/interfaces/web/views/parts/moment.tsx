import { counted } from '../../../counted.js';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const second = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** A date, without its time of day. */
export function Day({ date }: { date: Date }) {
  return (
    <time class="nowrap" dateTime={date.toISOString()} title={`${minute.format(date)} UTC`}>
      {day.format(date)}
    </time>
  );
}

/** A moment, to the second. */
export function Moment({ date }: { date: Date }) {
  return (
    <time class="nowrap" dateTime={date.toISOString()}>
      {second.format(date)} UTC
    </time>
  );
}

/** How long ago something was, for as long as that says more than the date. */
export function Ago({ date, now }: { date: Date; now: Date }) {
  return (
    <time class="nowrap" dateTime={date.toISOString()} title={`${minute.format(date)} UTC`}>
      {agoText(date, now)}
    </time>
  );
}

function agoText(date: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  if (minutes < 24 * 60) return `${counted(Math.floor(minutes / 60), 'hour')} ago`;
  if (minutes < 30 * 24 * 60) return `${counted(Math.floor(minutes / 24 / 60), 'day')} ago`;
  return `on ${day.format(date)}`;
}
