import type { CallingHours } from '../calling-rules/calling-hours';
import type { Session } from '../connection/session';
import type { ScheduleRequest } from '../contract/types.gen';
import { cut } from '../errors/quote';
import type { LaunchSettings } from './campaign';
import type { Contact } from './contact';
import type { ContactColumns } from './contact-columns';
import { divideIntoFiles, writeFile, type ContactFile } from './contact-files';
import { launchCampaigns } from './launch-campaigns';
import { noCampaign, resultsOf, type LaunchedCampaign, type LaunchSummary } from './launch-result';

/** Contacts that are checked, and how to call them. */
export interface ContactsToLaunch {
  /** The hash of the Campaign Reference. */
  readonly reference: string;
  readonly workflowId: number;
  readonly settings: LaunchSettings;
  readonly startsNow: boolean;
  /** The campaign whose contacts these are. Undefined if it is no redial. */
  readonly redialOf?: number;
  readonly contacts: readonly Contact[];
  readonly columns: ContactColumns;
  /** Undefined if the time zones of the contacts do not count. */
  readonly hours: CallingHours | undefined;
  /** Calls at the same time that all campaigns share. Undefined if the settings decide. */
  readonly concurrency?: number;
  /** @param concurrency of the file's campaign; 1 if it is not known */
  readonly scheduleOf: (file: ContactFile, concurrency: number) => ScheduleRequest | undefined;
}

/** Launches contacts in as many campaigns as they need. @throws DograhError */
export async function launchContacts(
  order: ContactsToLaunch,
  summary: LaunchSummary,
  session: Session,
): Promise<readonly LaunchedCampaign[]> {
  const { reference, workflowId, settings, startsNow, contacts, columns, hours, scheduleOf } =
    order;
  const files = divideIntoFiles(contacts, columns, hours);
  if (files.length === 0) return [noCampaign(summary)];
  const share = Math.max(1, Math.floor((order.concurrency ?? 1) / files.length));
  const details = files.map((file) => ({ file, schedule: scheduleOf(file, share) }));
  // Otherwise, the first campaign takes all lines, and the others fail.
  const limit =
    files.length > 1 && order.concurrency !== undefined ? { max_concurrency: share } : {};
  const campaigns = details.map(({ file, schedule }, index) => ({
    name: nameOf(summary.name, file, index, files.length),
    settings: {
      ...settings,
      ...limit,
      ...(schedule === undefined ? {} : { schedule_config: schedule }),
    },
    content: () => writeFile(file, columns),
  }));
  const plan = { reference, workflowId, campaigns, startsNow, redialOf: order.redialOf };
  return resultsOf(await launchCampaigns(plan, session), details, summary, session);
}

const MAX_NAME_LENGTH = 255;

/** `Spring (2 of 3, America/New_York)` */
function nameOf(name: string, { zones }: ContactFile, index: number, count: number): string {
  if (count === 1) return name;
  const [zone] = zones;
  const more = zones.length > 1 ? ` +${zones.length - 1}` : '';
  const end = ` (${index + 1} of ${count}${zone === undefined ? '' : `, ${zone}${more}`})`;
  return `${cut(name, MAX_NAME_LENGTH - end.length - 1)}${end}`;
}
