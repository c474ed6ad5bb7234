import type { PollMemory } from '@dograh/shared';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

type States = Parameters<PollMemory['write']>[0];

/** The trigger's memory in n8n. What a poll writes is stored only with `commit`. */
export class StagedMemory implements PollMemory {
  readonly #context: IPollFunctions;
  #written: States | undefined;

  /**
   * @param name of its part of the node's data
   * @param others the names of other events. They are forgotten: after a change back, old results would come at once.
   */
  constructor(
    context: IPollFunctions,
    private readonly name: string,
    private readonly others: readonly string[],
  ) {
    this.#context = context;
  }

  read(): unknown {
    return this.#written ?? this.#data()[this.name];
  }

  write(states: States): void {
    this.#written = states;
  }

  commit(): void {
    if (this.#written === undefined) return;
    const data = this.#data();
    data[this.name] = { ...this.#written } as unknown as IDataObject;
    for (const other of this.others) {
      if (other in data) data[other] = null;
    }
  }

  /** Read each time, because n8n may give each poll its own copy. */
  #data(): IDataObject {
    return this.#context.getWorkflowStaticData('node');
  }
}
