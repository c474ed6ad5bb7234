import { randomFrom } from '../../support/random';

/** Random choices that are the same for the same seed. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    // The first numbers of neighboring seeds are alike.
    for (let i = 0; i < 8; i += 1) this.#random();
  }

  /** True with this probability. */
  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** A choice by weight. */
  weighted<T>(choices: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
    let left = this.#random() * choices.reduce((sum, [weight]) => sum + weight, 0);
    const [, found] = choices.find(([weight]) => (left -= weight) < 0) ?? choices[0];
    return found;
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}
