import { Cron } from 'croner';
import { validation } from './errors';

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Tells, for a moment, when a schedule fires next; `undefined`: never again. */
export type Schedule = (after: number) => number | undefined;

/** `rate(5 minutes)` or `cron(0 12 * * ? *)`, in UTC. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, body] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? parseRate(body) : kind === 'cron' ? parseCron(body) : undefined;
  if (!schedule) throw validation('Parameter ScheduleExpression is not valid.');
  return schedule;
}

function parseRate(body: string): Schedule | undefined {
  const [, count, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(body) ?? [];
  if (!unit || (count === '1') === (plural === 's')) return undefined;
  return (after) => after + Number(count) * UNITS[unit];
}

/** Minutes, hours, day of month, month, day of week (1 is Sunday), year; one of the two days must be `?`. */
function parseCron(body: string): Schedule | undefined {
  const fields = body.trim().split(/\s+/);
  if (fields.length !== 6 || (fields[2] === '?') === (fields[4] === '?')) return undefined;
  const [minute, hour, day, month, weekday, year] = fields.map((field) => (field === '?' ? '*' : field));
  try {
    const cron = new Cron(`0 ${minute} ${hour} ${day} ${month} ${fromSunday(weekday)} ${year}`, { timezone: 'UTC', paused: true });
    return (after) => cron.nextRun(new Date(after))?.getTime();
  } catch {
    return undefined;
  }
}

/** AWS counts the days of the week from 1, cron from 0; what stands behind `#` or `/` counts something else. */
function fromSunday(weekday: string): string {
  return weekday.replace(/(^|[,-])(\d)/g, (_, before: string, number: string) => before + String(Number(number) - 1));
}
