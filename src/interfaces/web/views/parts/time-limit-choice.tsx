import { type TimeLimit, timeLimits } from '../../../../domain/authorization/time-limit.js';

const words: Record<TimeLimit, string> = { none: 'Until I end it', '30_days': '30 days', '1_day': '1 day' };

/** How long the answer holds. */
export function TimeLimitChoice() {
  return (
    <fieldset class="choices time-limit">
      <legend>How long?</legend>
      {timeLimits.map((limit) => (
        <label class="choice" key={limit}>
          <input type="radio" name="timeLimit" value={limit} checked={limit === 'none'} />
          <span>{words[limit]}</span>
        </label>
      ))}
    </fieldset>
  );
}
