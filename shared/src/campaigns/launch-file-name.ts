import { normalizedReference } from '../variables/call-reference';

/**
 * What the name of a campaign's file says. Dograh shows this name in the list of campaigns and never changes it. So the
 * list shows which references were launched.
 */
export interface LaunchFileName {
  /** The hash of the Campaign Reference. */
  readonly reference: string;
  /** Identifies one attempt to launch. All its campaigns have it. */
  readonly launch: string;
  /** From 1 on. */
  readonly part: number;
  readonly parts: number;
  /** `start`: the launch starts it. `hold`: a person will start it. */
  readonly plan: 'start' | 'hold';
  /** The campaign whose contacts it calls again. Undefined if it is no redial. */
  readonly redialOf?: number | undefined;
}

/** Changing it would make every earlier launch unknown. */
const PREFIX = 'dograh-launch';
const PATTERN =
  /_dograh-launch-([0-9a-f]{32})-([0-9a-f]{12})-(\d{1,4})of(\d{1,4})-(start|hold)(?:-redial(\d{1,15}))?\.csv$/;

/** All characters are among those that Dograh keeps in a name. */
export function writeLaunchFileName(name: LaunchFileName): string {
  const { reference, launch, part, parts, plan, redialOf } = name;
  const redial = redialOf === undefined ? '' : `-redial${redialOf}`;
  return `${PREFIX}-${reference}-${launch}-${part}of${parts}-${plan}${redial}.csv`;
}

/** @param sourceId of a campaign. Undefined if this client did not launch it. */
export function parseLaunchFileName(sourceId: string): LaunchFileName | undefined {
  const match = PATTERN.exec(sourceId);
  if (match === null) return undefined;
  const [, reference = '', launch = '', part, parts, plan, redialOf] = match;
  return {
    reference,
    launch,
    part: Number(part),
    parts: Number(parts),
    plan: plan === 'hold' ? 'hold' : 'start',
    redialOf: redialOf === undefined ? undefined : Number(redialOf),
  };
}

/** The same text for all references that look alike; capitals do not count. It does not reveal the reference. */
export async function hashOfReference(reference: string): Promise<string> {
  const same = normalizedReference(reference).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
  const text = new TextEncoder().encode(`dograh-launch:${same}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text), 0, 16);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param uuid a random one */
export function launchIdOf(uuid: string): string {
  return uuid.replaceAll('-', '').slice(0, 12).toLowerCase();
}
