import { ContractError } from './dograh-error';

/** What is thrown for an answer of another shape than the contract's. @param what was answered, in front of its verb */
export function contractError(what: string): ContractError {
  return new ContractError({
    message: `${what} is not understood.`,
    hint: 'Check what stands in front of Dograh. A self-hosted Dograh may be too old; update it.',
  });
}
