import { ContractError } from './dograh-error';

/**
 * The error for a response in another format than the contract's.
 * @param what the response is, e.g. `list of runs`
 */
export function contractError(
  what: string,
  { baseUrl }: { readonly baseUrl: { readonly host: string } },
): ContractError {
  return new ContractError({
    message: `The ${what} from ${baseUrl.host} has an unexpected format.`,
    hint: 'Check the proxy in front of Dograh, if there is one. Update Dograh if it is self-hosted.',
  });
}
