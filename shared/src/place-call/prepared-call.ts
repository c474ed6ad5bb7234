import type { AgentCache } from '../agents/agent-cache';
import type { AgentDetails } from '../agents/agent-details';
import { variablesOf } from '../agents/agent-variables';
import type { Session } from '../connection/session';
import type { Sessions } from '../connection/sessions';
import {
  DograhError,
  OutcomeUnknownError,
  type DograhErrorData,
  type DograhErrorKind,
} from '../errors/dograh-error';
import { withRunUrl, type CallResult } from '../runs/call-result';
import { greetingIn } from '../variables/greeting';
import type { CallRequest } from './call-input';
import { placeCall, withRequestId } from './place-call';
import { previewCall, type CallPreview } from './preview-call';
import { recoverRun } from './recover-run';
import { assertNoMissingVariables } from './require-variables';

export interface PlaceCallOptions {
  /** Stops waiting at once. After it is aborted, no call is placed. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait at the concurrency limit, in milliseconds. Default 0: fails at once. */
  readonly maxWaitMs?: number | undefined;
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
   * @returns as soon as Dograh accepted the call; the phone may not be ringing yet
   * @throws DograhError; its `callPlaced` says whether a phone may ring
   */
  place({ signal, maxWaitMs = 0 }: PlaceCallOptions = {}): Promise<CallResult> {
    return this.#sessions.run(async (session) => {
      const call = await this.#complete(session);
      const check = (): Promise<void> => this.#assertVariables(call, session);
      return orOutcomeUnknown(placeCall(call, check, session, maxWaitMs), session);
    }, signal);
  }

  /**
   * Searches again for the run of a call whose outcome was unknown. Does not dial.
   * @param lost the error of `place`, as data
   * @throws DograhError; `callPlaced` stays `unknown` unless the run is found
   */
  recover(lost: DograhErrorData, signal?: AbortSignal): Promise<CallResult> {
    return this.#sessions.run(async (session) => {
      const error = new OutcomeUnknownError(lost);
      if (lost.trace === undefined) throw error;
      return orOutcomeUnknown(recoverRun(this.request, lost.trace, error, session), session);
    }, signal);
  }

  /**
   * Shows the request, and what the agent would say. Does not dial.
   * @throws AuthenticationError, CancelledError
   */
  preview(signal?: AbortSignal): Promise<CallPreview> {
    return this.#sessions.run(async (session) => {
      const call = await this.#complete(session);
      const body = withRequestId(call.body, session.clock.uuid());
      const found = await this.#agentOf(call, session).catch((error: unknown) => {
        if (error instanceof DograhError && !PREVENTS_PREVIEW.has(error.kind)) return error;
        throw error;
      });
      return previewCall(call, body, found, session.clock.now());
    }, signal);
  }

  /** The request with all variables of the record. The agent is asked for their names if needed. */
  async #complete(session: Session): Promise<CallRequest> {
    const { withRecordVariables, environment, initialContext } = this.request;
    if (withRecordVariables === undefined) return this.request;
    const { version } = await this.#agentOf(this.request, session);
    const { variables } = variablesOf(version, environment, greetingIn(initialContext));
    return withRecordVariables(variables.map(({ name }) => name));
  }

  async #assertVariables(call: CallRequest, session: Session): Promise<void> {
    if (!call.requireVariables) return;
    const details = await this.#agentOf(call, session).catch((error: unknown) => {
      throw error instanceof DograhError
        ? error.within("The agent's variables could not be checked", 'The call was not placed.')
        : error;
    });
    assertNoMissingVariables(details, call);
  }

  #agentOf({ target, environment }: CallRequest, session: Session): Promise<AgentDetails> {
    return this.#agents.read(target, environment, session);
  }
}

/** Without the agent, a preview still shows the request; but not after these errors. */
const PREVENTS_PREVIEW: ReadonlySet<DograhErrorKind> = new Set(['Authentication', 'Cancelled']);

/** The run with its link. After a defect of this code, the call may have been placed. */
async function orOutcomeUnknown(
  result: Promise<CallResult>,
  session: Session,
): Promise<CallResult> {
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
