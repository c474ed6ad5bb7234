import { InvalidInputError, quote, shortHash, type LaunchedCampaign } from '@dograh/shared';
import type { IExecuteFunctions } from 'n8n-workflow';

/** The key within the data that n8n stores for this node with the execution. */
const KEY = 'dograhLaunches';

/**
 * Refuses a reference that this node launched in an earlier pass of a loop. Each pass has other items, and their contacts
 * would be lost without notice.
 */
export class EarlierPasses {
  readonly #launches: Record<string, number>;
  readonly #pass: number;

  constructor(private readonly context: IExecuteFunctions) {
    const stored = context.getContext('node');
    this.#launches = (stored[KEY] ??= {}) as Record<string, number>;
    this.#pass = context.getWorkflowDataProxy(0).$runIndex;
  }

  /** @param launch begins a launch. Its retries are of the same pass. */
  async launch(
    reference: unknown,
    launch: () => Promise<readonly LaunchedCampaign[]>,
  ): Promise<readonly LaunchedCampaign[]> {
    // A user may have pasted the API key, which n8n must not store.
    const key = await shortHash(String(reference).trim());
    const first = (this.#launches[key] ??= this.#pass);
    const campaigns = await launch();
    if (first === this.#pass || !campaigns.some(({ skipped }) => skipped)) return campaigns;
    const count = this.context.getInputData().length;
    throw new InvalidInputError({
      message: `The Campaign Reference ${quote(reference)} was launched in an earlier pass of a loop, so the ${count === 1 ? 'item' : `${count} items`} of this pass were not sent.`,
      hint: 'Remove the loop, because one launch takes all items. Or give each pass a Campaign Reference of its own, e.g. with {{ $runIndex }} in it.',
    });
  }
}
