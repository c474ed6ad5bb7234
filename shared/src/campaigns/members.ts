import type { Session } from '../connection/session';
import type { Campaign } from './campaign';
import { readCampaignRuns, type CampaignRuns } from './campaign-runs';
import type { SourceFile } from './source-file';

/** Which contacts of its file belong to a campaign. */
export interface Members {
  /** @param row in the file */
  readonly has: (row: number) => boolean;
  /** How many of them are not known. */
  readonly unknown: number;
  /** Why. Null if all are known. */
  readonly note: string | null;
}

/** Dograh's tags of the calls that it can redial. */
const TAGS = ['voicemail_detected', 'telephony_no-answer', 'telephony_busy'];
/** Which of them a redial can be about: one, two or all. */
const CHOICES = [1, 2, 3, 4, 5, 6, 7].map((bits) => TAGS.filter((_, index) => bits & (1 << index)));

/**
 * A campaign that redials another one has the same file, but only the contacts whose last call in the other one had one
 * of the chosen tags. Dograh does not tell the choice. The number of contacts, and who was called already, usually leave
 * only one.
 */
export async function readMembers(
  { parentId, contacts }: Campaign,
  file: SourceFile,
  runs: CampaignRuns,
  session: Session,
): Promise<Members> {
  if (parentId === null) return { has: () => true, unknown: 0, note: null };
  const parent = await readCampaignRuns(parentId, tagsOf, session);
  const rows = file.contacts.map(({ row }) => row);
  const candidates = CHOICES.map((tags) => {
    const isChosen = (row: number): boolean =>
      parent.byRow.get(row)?.last.some((tag) => tags.includes(tag)) === true;
    return new Set(rows.filter(isChosen));
  }).filter((chosen) => chosen.size === contacts && isWithin(runs.byRow.keys(), chosen));
  const [first = new Set<number>(), ...others] = candidates;
  const certain = new Set([
    ...[...first].filter((row) => others.every((chosen) => chosen.has(row))),
    ...runs.byRow.keys(),
  ]);
  const unknown = Math.max(0, (contacts ?? 0) - certain.size);
  return {
    has: (row) => certain.has(row),
    unknown,
    note: unknown === 0 ? null : unknownNote(parentId),
  };
}

function tagsOf({ gatheredContext }: { readonly gatheredContext: object | null }): string[] {
  const tags: unknown = gatheredContext === null ? [] : Reflect.get(gatheredContext, 'call_tags');
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

function isWithin(rows: Iterable<number>, chosen: ReadonlySet<number>): boolean {
  return [...rows].every((row) => chosen.has(row));
}

function unknownNote(parentId: number): string {
  return `This campaign calls some contacts of campaign ${parentId} again. Dograh does not say which ones until it has called them.`;
}
