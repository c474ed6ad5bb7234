import { isTime } from '../finished-runs/poll-state';
import type { StateFormat } from '../finished-runs/stored-states';
import { isId } from '../input/id';
import { isRecord, type Fields } from '../transport/answer';

/** What the polls know of the campaigns of one organization. */
export interface CampaignPollState {
  /** The highest known ID. */
  readonly highest: number;
  /** A campaign created at this time or later is new unless it is done. By Dograh's clock. */
  readonly from: number;
  /** The campaigns created at `from` or later that finished. */
  readonly done: ReadonlySet<number>;
  /** The campaigns that did not finish yet. */
  readonly open: ReadonlySet<number>;
  /** Dograh's numbers of agents by Agent UUID, for the filter. */
  readonly agents: Readonly<Record<string, number>>;
}

/** The same as plain JSON. Its keys must never change: stored data has them. */
interface StoredState {
  readonly highest: number;
  readonly from: number;
  readonly done: readonly number[];
  readonly open: readonly number[];
  readonly agents: Readonly<Record<string, number>>;
}

export const CAMPAIGN_POLL_STATE_FORMAT: StateFormat<CampaignPollState> = {
  store: ({ highest, from, done, open, agents }): StoredState => ({
    highest,
    from,
    done: inOrder(done),
    open: inOrder(open),
    agents,
  }),
  parse: (stored) => {
    const { highest, from, done, open, agents }: Fields<StoredState> = stored;
    const isValid =
      typeof highest === 'number' && isTime(from) && isListOfIds(done) && isListOfIds(open);
    if (!isValid || !isRecord(agents) || !Object.values(agents).every(isId)) return undefined;
    const known = agents as Record<string, number>;
    return { highest, from, done: new Set(done), open: new Set(open), agents: { ...known } };
  },
};

function inOrder(ids: ReadonlySet<number>): number[] {
  return [...ids].sort((one, other) => one - other);
}

function isListOfIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isId);
}
