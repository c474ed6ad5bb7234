import type { CallingHours } from './calling-hours';
import { timeZonesOf } from './time-zones';
import { ZoneClock, type NumberClocks } from './zone-clock';

/** @param hours may name the clock that counts for every number */
export function clocksOf(phoneNumber: string, hours?: CallingHours): NumberClocks {
  if (hours?.clock !== undefined) return { clocks: [hours.clock] };
  const found = timeZonesOf(phoneNumber);
  return 'unknownBecause' in found
    ? { clocks: [], unknownBecause: found.unknownBecause }
    : { clocks: found.zones.map((zone) => new ZoneClock(zone)) };
}
