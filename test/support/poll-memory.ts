import type { PollMemory } from '@dograh/shared';

/** Holds the state between the polls of one trigger, as n8n does. */
export class MemoryOfPolls implements PollMemory {
  state: unknown;

  read(): unknown {
    return this.state;
  }

  write(state: unknown): void {
    this.state = state;
  }
}
