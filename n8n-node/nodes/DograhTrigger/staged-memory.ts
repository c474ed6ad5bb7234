import type { PollMemory } from '@dograh/shared';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

type States = Parameters<PollMemory['write']>[0];

/** The trigger's memory in n8n. What a poll writes is stored only with `commit`. */
export class StagedMemory implements PollMemory {
  readonly #context: IPollFunctions;
  #written: States | undefined;

  constructor(context: IPollFunctions) {
    this.#context = context;
  }

  read(): unknown {
    return this.#written ?? this.#data()['finishedRuns'];
  }

  write(states: States): void {
    this.#written = states;
  }

  commit(): void {
    if (this.#written === undefined) return;
    this.#data()['finishedRuns'] = { ...this.#written } as unknown as IDataObject;
  }

  /** Read each time, because n8n may give each poll its own copy. */
  #data(): IDataObject {
    return this.#context.getWorkflowStaticData('node');
  }
}
