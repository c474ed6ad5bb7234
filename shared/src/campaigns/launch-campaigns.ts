import { pause, timeLeft, type Session } from '../connection/session';
import {
  CancelledError,
  DograhError,
  InProgressError,
  NetworkError,
  OutcomeUnknownError,
} from '../errors/dograh-error';
import { wasStarted, type Campaign, type LaunchSettings } from './campaign';
import { createCampaign } from './create-campaign';
import { launchIdOf, writeLaunchFileName } from './launch-file-name';
import { doneIn, launchesOf, MAX_STEP_MS, type Launch } from './launch-rivals';
import { listCampaigns, type ListedCampaigns } from './list-campaigns';
import { startCampaign } from './start-campaign';
import { uploadContacts } from './upload-contacts';

/** Longer than any transaction of Dograh. After it, the list shows all campaigns that were created before. */
const SETTLE_MS = 10_000;
const RIVAL_PAUSE_MS = 5_000;
/** With less time left, nothing is created, because it could not be started. */
const MIN_LEFT_MS = SETTLE_MS + 5_000;
const MAX_STARTS = 3;
/** How old the list may be when a campaign is started by it. A computer may have slept meanwhile. */
const MAX_LIST_AGE_MS = 30_000;
const MAX_SKEW_MS = 60_000;
/** How often new campaigns are created because another launch, which then stopped, went first. */
const MAX_ATTEMPTS = 2;

/** One campaign to create. */
export interface PlannedCampaign {
  readonly name: string;
  readonly settings: LaunchSettings;
  /** The CSV file. */
  readonly content: () => Uint8Array;
}

export interface LaunchPlan {
  /** The hash of the Campaign Reference. */
  readonly reference: string;
  readonly workflowId: number;
  /** At least one. */
  readonly campaigns: readonly PlannedCampaign[];
  /** Whether to start the campaigns, or to leave them `created`. */
  readonly startsNow: boolean;
  /** The campaign whose contacts are called again. Undefined if it is no redial. */
  readonly redialOf: number | undefined;
}

export interface Launched {
  /** The campaigns by part. */
  readonly campaigns: ReadonlyMap<number, Campaign>;
  /** Whether another launch of the reference was first. Its campaigns are returned. */
  readonly wasLaunchedBefore: boolean;
  /** IDs of campaigns that were created and are never started. */
  readonly neverStarted: readonly number[];
  /** IDs of other campaigns that run now. */
  readonly otherRunning: readonly number[];
}

/** The launch of a reference that was done before. Undefined if there is none. */
export async function findEarlierLaunch(
  reference: string,
  session: Session,
): Promise<Launched | undefined> {
  const listed = await listCampaigns(session);
  const launches = launchesOf(reference, listed, session.clock.now());
  const done = doneIn(launches);
  return done && launchedBefore(done, launches, listed);
}

/**
 * Launches a reference once, also if other executions, workers or hosts launch it at the same time.
 *
 * 1. If the list has a launch of the reference that is done, nothing is created.
 * 2. It creates its campaigns, and waits longer than any transaction of Dograh.
 * 3. It reads the list again. The launch with the lowest ID goes first. The others wait until that one is done, or
 *    certainly never will be.
 * 4. It starts its own campaigns. No launch ever starts a campaign of another one.
 * @throws InProgressError if another launch is still under way; OutcomeUnknownError if campaigns may run
 */
export async function launchCampaigns(plan: LaunchPlan, session: Session): Promise<Launched> {
  const launcher = new Launcher(plan, session);
  try {
    return await launcher.launch();
  } catch (error) {
    throw error instanceof DograhError ? launcher.describe(error) : error;
  }
}

class Launcher {
  readonly #plan: LaunchPlan;
  readonly #session: Session;
  #id: string;
  #attempts = 1;
  /** Created by this launch, and given up. */
  readonly #givenUp: Campaign[] = [];
  /** Created by this launch. */
  readonly #created = new Map<number, Campaign>();
  readonly #started = new Map<number, Campaign>();
  /** How often a start was sent, by part. */
  readonly #starts = new Map<number, number>();
  /** Whose start was sent, and is not known to be refused. */
  readonly #unclear = new Set<number>();
  #lastStepAt = -Infinity;
  /** When Dograh created the last campaign, by its clock and by ours. */
  #lastCreated: { readonly there: number; readonly here: number } | undefined;
  /** Whether Dograh may have created a campaign whose ID is not known. */
  #hasUnknown = false;

  constructor(plan: LaunchPlan, session: Session) {
    this.#plan = plan;
    this.#session = session;
    this.#id = launchIdOf(session.clock.uuid());
  }

  async launch(): Promise<Launched> {
    const { reference, campaigns } = this.#plan;
    const { clock } = this.#session;
    for (;;) {
      const askedAt = clock.now();
      const listed = await listCampaigns(this.#session);
      const now = this.#timeOfDograh(listed);
      const launches = launchesOf(reference, { ...listed, now }, now);
      const own = launches.find(({ id }) => id === this.#id);
      const others = launches.filter(({ id }) => id !== this.#id);
      if (own?.isStarted !== true) {
        const done = others.find(
          (other) => other.isStarted || (other.isDone && isBefore(other, own)),
        );
        if (done !== undefined) return launchedBefore(done, launches, listed);
        if (others.some((other) => other.isLive && isBefore(other, own))) {
          await this.#waitForOther();
          continue;
        }
      }
      if (this.#created.size < campaigns.length) {
        this.#assertTimeToLaunch();
        await this.#create();
        await pause(SETTLE_MS, this.#session);
        continue;
      }
      if (own?.parts.size !== campaigns.length) throw missingError();
      if (!this.#plan.startsNow) return launchedNow(own.parts, own, launches, listed);
      if (!own.isDone && this.#isTooLate()) {
        this.#giveUp();
        continue;
      }
      if (clock.now() - askedAt > MAX_LIST_AGE_MS) continue;
      if (await this.#start(own)) return launchedNow(this.#started, own, launches, listed);
    }
  }

  /** The same error, which says what this launch has done so far. */
  describe(error: DograhError): DograhError {
    const created = [...this.#givenUp, ...this.#created.values()].map(({ id }) => id);
    const started = [...this.#started.values()].map(({ id }) => id);
    const unknown = [...this.#unclear].flatMap((part) => this.#created.get(part)?.id ?? []);
    if (started.length === 0 && unknown.length === 0) {
      const consequences = [
        ...(created.length === 0
          ? []
          : [`Campaign ${list(created)} was created, and is never started.`]),
        ...(this.#hasUnknown ? [MAYBE_CREATED] : []),
      ];
      const consequence =
        consequences.length === 0
          ? 'No campaign was created.'
          : `${consequences.join(' ')} To try again, run this step again with the same Campaign Reference.`;
      return error.within('The campaign was not launched', consequence);
    }
    const idle = created.filter((id) => !started.includes(id) && !unknown.includes(id));
    const parts = [
      ...(started.length === 0 ? [] : [`Running: campaign ${list(started)}.`]),
      ...(unknown.length === 0 ? [] : [`Not known whether started: campaign ${list(unknown)}.`]),
      ...(idle.length === 0 ? [] : [`Not started: campaign ${list(idle)}.`]),
    ];
    const SameClass = error.kind === 'Cancelled' ? CancelledError : OutcomeUnknownError;
    return new SameClass({
      callPlaced: 'unknown',
      status: error.status,
      detail: error.detail,
      message: `The launch is incomplete. ${parts.join(' ')} ${error.message}`,
      hint: `${error.hint} The same Campaign Reference is not launched again once one of its campaigns was started. To start the others, resume them.`,
    });
  }

  async #create(): Promise<void> {
    const { reference, workflowId, campaigns, startsNow, redialOf } = this.#plan;
    for (const [index, { name, settings, content }] of campaigns.entries()) {
      const part = index + 1;
      if (this.#created.has(part)) continue;
      const plan = startsNow ? 'start' : 'hold';
      const own = {
        reference,
        launch: this.#id,
        part,
        parts: campaigns.length,
        plan,
        redialOf,
      } as const;
      const key = await uploadContacts(writeLaunchFileName(own), content(), this.#session);
      const request = {
        name,
        workflow_id: workflowId,
        source_type: 'csv',
        source_id: key,
        ...settings,
      };
      const created = await createCampaign(request, this.#session, {
        onSend: () => {
          if (this.#isTooLate()) throw tooSlowError();
          this.#lastStepAt = this.#session.clock.now();
        },
        onUnclear: () => {
          this.#hasUnknown = true;
        },
      });
      this.#hasUnknown = false;
      this.#created.set(part, created);
      const { createdAt } = created;
      if (createdAt !== null) {
        this.#lastCreated = { there: createdAt, here: this.#session.clock.now() };
      }
    }
  }

  /** @returns whether all campaigns are started now. Otherwise, the list must be read again before another attempt. */
  async #start({ parts }: Launch): Promise<boolean> {
    for (const [part, campaign] of [...parts].sort(([one], [other]) => one - other)) {
      this.#created.set(part, campaign);
      if (wasStarted(campaign)) this.#started.set(part, campaign);
      if (this.#started.has(part)) continue;
      const starts = (this.#starts.get(part) ?? 0) + 1;
      if (starts > MAX_STARTS) throw notStartedError(campaign.id);
      this.#starts.set(part, starts);
      const started = await this.#startOnce(part, campaign);
      if (started === undefined) {
        await pause(RIVAL_PAUSE_MS, this.#session);
        return false;
      }
      this.#started.set(part, started);
    }
    return true;
  }

  async #startOnce(part: number, { id }: Campaign): Promise<Campaign | undefined> {
    this.#unclear.add(part);
    try {
      const started = await startCampaign(id, this.#session);
      this.#unclear.delete(part);
      return started;
    } catch (error) {
      const isUnclear =
        !(error instanceof DograhError) || ['OutcomeUnknown', 'Cancelled'].includes(error.kind);
      if (!isUnclear) this.#unclear.delete(part);
      throw error;
    }
  }

  /** Whether others may believe that this launch ended, because nothing happened for long. */
  #isTooLate(): boolean {
    const { clock } = this.#session;
    return this.#created.size > 0 && clock.now() - this.#lastStepAt > MAX_STEP_MS;
  }

  /**
   * The time by the clock that wrote the times of the campaigns, at the earliest. A campaign of this launch shows it. The
   * time of a response may be another clock's, for example a proxy's. If it is certainly wrong, other launches seem to
   * have ended, until this launch has created a campaign.
   */
  #timeOfDograh({ campaigns, now: ofResponse }: ListedCampaigns): number {
    const now = this.#session.clock.now();
    if (this.#lastCreated !== undefined) {
      const { there, here } = this.#lastCreated;
      return there + Math.max(0, now - here);
    }
    const time = ofResponse ?? now;
    const isBehind = campaigns.some(({ createdAt }) => (createdAt ?? 0) > time + MAX_SKEW_MS);
    return isBehind ? Infinity : time;
  }

  /** Its campaigns will never be started. New ones may be. */
  #giveUp(): void {
    if (this.#attempts >= MAX_ATTEMPTS) throw tooSlowError();
    this.#attempts += 1;
    this.#givenUp.push(...this.#created.values());
    this.#created.clear();
    this.#id = launchIdOf(this.#session.clock.uuid());
  }

  #assertTimeToLaunch(): void {
    if (timeLeft(this.#session) < MIN_LEFT_MS) throw tooSlowError();
  }

  async #waitForOther(): Promise<void> {
    if (timeLeft(this.#session) > 2 * RIVAL_PAUSE_MS) return pause(RIVAL_PAUSE_MS, this.#session);
    throw new InProgressError({
      message: 'The same Campaign Reference is being launched elsewhere, or that launch stopped.',
      hint: 'Run this step again in five minutes. It then returns that launch, or launches itself.',
    });
  }
}

const MAYBE_CREATED =
  'Dograh may have created a campaign without telling its ID. It calls nobody. Do not start it in the Dograh dashboard.';

function isBefore({ firstId }: Launch, own: Launch | undefined): boolean {
  return own === undefined || firstId < own.firstId;
}

function launchedBefore(
  done: Launch,
  launches: readonly Launch[],
  listed: ListedCampaigns,
): Launched {
  const launched = launchedNow(done.parts, done, launches, listed);
  return { ...launched, wasLaunchedBefore: true, otherRunning: [] };
}

/** @param launches all launches of the reference */
function launchedNow(
  campaigns: ReadonlyMap<number, Campaign>,
  own: Launch,
  launches: readonly Launch[],
  listed: ListedCampaigns,
): Launched {
  const unused = launches.flatMap(({ id, parts, spare }) =>
    id === own.id ? spare : [...parts.values(), ...spare],
  );
  const ids = new Set([...campaigns.values()].map(({ id }) => id));
  return {
    campaigns,
    wasLaunchedBefore: false,
    neverStarted: unused.filter((one) => !wasStarted(one)).map(({ id }) => id),
    otherRunning: listed.campaigns
      .filter(({ id, state }) => !ids.has(id) && (state === 'running' || state === 'syncing'))
      .map(({ id }) => id),
  };
}

function tooSlowError(): NetworkError {
  return new NetworkError({
    message: 'Dograh responded too slowly to launch safely.',
    hint: 'Try again later.',
  });
}

function missingError(): NetworkError {
  return new NetworkError({
    message: 'Dograh does not list the campaigns that it has just created.',
    hint: 'Check the campaigns in the Dograh dashboard.',
  });
}

function notStartedError(id: number): NetworkError {
  return new NetworkError({
    message: `Dograh did not answer ${MAX_STARTS} requests to start campaign ${id}, and did not start it.`,
    hint: 'Try again later.',
  });
}

function list(ids: readonly number[]): string {
  return ids.join(', ');
}
