import { limitedTo, type Session } from '../connection/session';
import { DograhError } from '../errors/dograh-error';
import { mayReachSame, searchTermFor } from '../input/may-reach-same';
import { failedBeforeDialing } from '../runs/failed-before-dialing';
import { pagesOfRuns } from '../runs/list-runs';
import { mayBeTo, type ListedRun } from '../runs/listed-run';
import { byCalledNumber } from '../runs/run-filters';

/** How far Dograh's clock may differ from ours. */
export const CLOCK_SKEW_MS = 2 * 60_000;
/** For the search for earlier calls, if Dograh responds slowly. */
const MAX_SEARCH_MS = 30_000;
const MAX_PAGES = 50;

/** An earlier call to a number. It may be running, finished, busy, unanswered or failed. */
export interface EarlierCall {
  readonly run: ListedRun;
  /** Milliseconds since the run was created, by Dograh's clock. 0 if Dograh does not say when. */
  readonly ageMs: number;
  /** Whether it called this number. Otherwise, it may have reached the same person by another way to write it. */
  readonly isSameNumber: boolean;
}

/**
 * The earlier calls to a number, newest first, as Dograh lists them. A run that failed before a phone was dialed is not
 * a call. Several rules can read the history of one call. Each page is requested once, when a rule needs it.
 */
export class CallHistory {
  readonly #phoneNumber: string;
  readonly #pages: AsyncGenerator<readonly EarlierCall[], void, undefined>;
  readonly #known: EarlierCall[] = [];
  #isComplete = false;

  constructor(phoneNumber: string, session: Session) {
    this.#phoneNumber = phoneNumber;
    this.#pages = readPages(phoneNumber, limitedTo(MAX_SEARCH_MS, session));
  }

  /**
   * @param search looks through the calls, newest first
   * @throws DograhError if the search fails; then the number must not be dialed
   */
  async search<T>(search: (calls: AsyncIterable<EarlierCall>) => Promise<T>): Promise<T> {
    try {
      return await search(this.#calls());
    } catch (error) {
      if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
      throw error.within(
        `The check for an earlier call to ${this.#phoneNumber} failed`,
        'This number was not dialed.',
      );
    }
  }

  async *#calls(): AsyncGenerator<EarlierCall, void, undefined> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#known.length && !this.#isComplete) await this.#readPage();
      const call = this.#known[index];
      if (call === undefined) return;
      yield call;
    }
  }

  async #readPage(): Promise<void> {
    const { done, value } = await this.#pages.next();
    if (done === true) this.#isComplete = true;
    else this.#known.push(...value);
  }
}

async function* readPages(
  phoneNumber: string,
  session: Session,
): AsyncGenerator<readonly EarlierCall[], void, undefined> {
  const query = { filters: [byCalledNumber(searchTermFor(phoneNumber))] };
  for await (const { runs, now } of pagesOfRuns(query, MAX_PAGES, session)) {
    // Without a time from Dograh, our clock is used, which may be wrong.
    const latest = now ?? session.clock.now() - CLOCK_SKEW_MS;
    yield runs
      .filter((run) => mayHaveReached(phoneNumber, run) && !failedBeforeDialing(run))
      .map((run) => ({
        run,
        ageMs: Math.max(0, latest - (run.createdAt ?? latest)),
        isSameNumber: mayBeTo(phoneNumber, run),
      }));
  }
}

function mayHaveReached(phoneNumber: string, { calledNumber }: ListedRun): boolean {
  return calledNumber === null || mayReachSame(phoneNumber, calledNumber);
}
