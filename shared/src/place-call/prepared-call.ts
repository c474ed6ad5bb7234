import type { AgentCache } from '../agents/agent-cache';
import type { AgentDetails } from '../agents/agent-details';
import { limitedTo, timeLeft, type Session } from '../connection/session';
import type { Sessions } from '../connection/sessions';
import {
  DograhError,
  OutcomeUnknownError,
  type DograhErrorData,
  type DograhErrorKind,
} from '../errors/dograh-error';
import { acceptedCall, withRunUrl, type CallResult, type RunResult } from '../runs/call-result';
import { CallHistory } from '../calling-rules/call-history';
import { hasRules } from '../calling-rules/calling-rules';
import { checkRules, type RulesCheck } from '../calling-rules/check-rules';
import type { CallRequest } from './call-input';
import type { EarlierRequests } from './earlier-calls';
import { checkedCall, failsWithoutAgent, fitToAgent, needsAgent } from './fit-to-agent';
import type { WaitForHours } from './obey-rules';
import { placeCall, withRequestId } from './place-call';
import { readPlacedRun, type PlacedRun } from './placed-run';
import { previewCall, type CallPreview } from './preview-call';
import { recoverRun } from './recover-run';
import { MAX_CHECK_MS, NEEDED_TO_PLACE } from './time-limits';

export interface PlaceCallOptions extends WaitForHours {
  /** Stops waiting at once. After it is aborted, no call is placed. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait at the concurrency limit, in milliseconds. Default 0: fails at once. */
  readonly maxWaitMs?: number | undefined;
  /** The `call_request_id`. No other call may have it. Default: a random one. */
  readonly callRequestId?: string | undefined;
  /** Earlier requests for the same call. If one of them was placed, its run is the result, and no number is dialed. */
  readonly earlier?: EarlierRequests | undefined;
}

/** A call whose input is checked. No request has been made for it yet. */
export class PreparedCall {
  readonly #agents: AgentCache;
  readonly #sessions: Sessions;

  constructor(
    /** The checked input. */
    readonly request: CallRequest,
    agents: AgentCache,
    sessions: Sessions,
  ) {
    this.#agents = agents;
    this.#sessions = sessions;
  }

  /** The number that is dialed. */
  get phoneNumber(): string {
    return this.request.phoneNumber;
  }

  /**
   * Places the call at most once, however often requests fail.
   * @returns as soon as Dograh accepted the call, or a calling rule did not allow it. The phone may not be ringing yet.
   * @throws DograhError; its `callPlaced` says whether a phone may ring
   */
  place({ signal, maxWaitMs = 0, ...how }: PlaceCallOptions = {}): Promise<CallResult> {
    return this.#sessions.run(async (session) => {
      const check = (): Promise<CallRequest> => this.#checked(session);
      const placing = placeCall(this.request, check, session, { maxWaitMs, ...how });
      return orOutcomeUnknown(placing, session);
    }, signal);
  }

  /** The result of a call that was placed before, from the data that a host stored. Makes no request. */
  placedBefore({ runId, runName }: PlacedRun): RunResult {
    const { phoneNumber, initialContext, environment, notes } = this.request;
    const run = { workflow_run_id: runId, workflow_run_name: runName };
    const asked = { phone_number: phoneNumber, initial_context: initialContext, environment };
    return withRunUrl({ ...acceptedCall({ ...run, ...asked }), notes }, this.#sessions.open());
  }

  /**
   * Reads the run of a call that was placed before. Does not dial.
   * @returns undefined if this Dograh has no such run, or if the run is another call
   * @throws DograhError if the run cannot be read
   */
  readAgain(placed: PlacedRun, signal?: AbortSignal): Promise<RunResult | undefined> {
    return this.#sessions.run(async (session) => {
      const run = await readPlacedRun(placed, this.request, session);
      return run && withRunUrl({ ...run, notes: [...this.request.notes, ...run.notes] }, session);
    }, signal);
  }

  /**
   * Searches again for the run of a call whose outcome was unknown. Does not dial.
   * @param lost the error of `place`, as data
   * @throws DograhError; `callPlaced` stays `unknown` unless the run is found
   */
  recover(lost: DograhErrorData, signal?: AbortSignal): Promise<RunResult> {
    return this.#sessions.run(async (session) => {
      const error = new OutcomeUnknownError(lost);
      if (lost.trace === undefined) throw error;
      const run = recoverRun(this.request, lost.trace, error, session);
      const { notes } = this.request;
      return orOutcomeUnknown(run, session).then((result) => ({ ...result, notes }));
    }, signal);
  }

  /**
   * Shows the request, and what the agent would say. Does not dial.
   * @throws AuthenticationError, CancelledError
   */
  preview(signal?: AbortSignal): Promise<CallPreview> {
    return this.#sessions.run(async (session) => {
      const found = await this.#agentOf(this.request, session).catch(forPreview);
      const call = fitToAgent(this.request, found);
      const body = withRequestId(call.body, session.clock.uuid());
      const rules = await this.#checkedRules(session);
      return previewCall(call, body, found, rules, session.clock.now());
    }, signal);
  }

  /** What the calling rules say. Undefined if there are none. */
  async #checkedRules(session: Session): Promise<RulesCheck | DograhError | undefined> {
    const { callingRules, phoneNumber } = this.request;
    if (!hasRules(callingRules)) return undefined;
    const history = new CallHistory(phoneNumber, session);
    return checkRules(callingRules, phoneNumber, history, session.clock).catch(forPreview);
  }

  /** The request as it is sent. @throws DograhError if the call must not be placed */
  async #checked(session: Session): Promise<CallRequest> {
    const { request } = this;
    if (!needsAgent(request)) return request;
    const reading = failsWithoutAgent(request)
      ? this.#agentOf(request, session)
      : this.#agents.readUnlessFailing(request.target, request.environment, forCheck(session));
    const found = await reading.catch((error: unknown) => {
      if (error instanceof DograhError && error.kind !== 'Cancelled') return error;
      throw error;
    });
    return checkedCall(request, found);
  }

  #agentOf({ target, environment }: CallRequest, session: Session): Promise<AgentDetails> {
    return this.#agents.read(target, environment, session);
  }
}

/** Leaves the time that the call itself needs. The call is placed also without the check. */
function forCheck(session: Session): Session {
  const forCall = session.timeoutMs + NEEDED_TO_PLACE.afterwardsMs;
  return limitedTo(Math.max(0, Math.min(MAX_CHECK_MS, timeLeft(session) - forCall)), session);
}

/** Without the agent, a preview still shows the request; but not after these errors. */
const PREVENTS_PREVIEW: ReadonlySet<DograhErrorKind> = new Set(['Authentication', 'Cancelled']);

function forPreview(error: unknown): DograhError {
  if (error instanceof DograhError && !PREVENTS_PREVIEW.has(error.kind)) return error;
  throw error;
}

/** The run with its link. After a defect of this code, the call may have been placed. */
async function orOutcomeUnknown<T extends CallResult>(
  result: Promise<T>,
  session: Session,
): Promise<T> {
  try {
    return withRunUrl(await result, session);
  } catch (error) {
    if (error instanceof DograhError) throw error;
    throw new OutcomeUnknownError({
      message: `It is not known whether the call was placed: ${error instanceof Error ? error.name : typeof error}.`,
      hint: 'Before you send it again, check the Dograh dashboard for a new run. Please report this error to the makers of this integration.',
    });
  }
}
