import type { CampaignSettings } from './campaign-settings';

/** Whether Dograh may begin a batch now. The end of a slot does not belong to it. */
export function isWithinSchedule(schedule: CampaignSettings['schedule'], nowMs: number): boolean {
  if (!schedule?.enabled) return true;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: schedule.timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const valueOf = (name: string): string => parts.find(({ type }) => type === name)?.value ?? '';
  const day = days.indexOf(valueOf('weekday'));
  const time = `${valueOf('hour')}:${valueOf('minute')}`;
  return schedule.slots.some(
    (slot) => slot.day_of_week === day && slot.start_time <= time && time < slot.end_time,
  );
}

/** In Dograh's order. 0 is Monday. */
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
