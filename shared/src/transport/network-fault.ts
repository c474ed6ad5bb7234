import type { TransportError } from './transport';

/** A network fault in words: what happened, and what to do about it. */
export function describeFault(
  { fault, code }: TransportError,
  host: string,
  timeoutMs: number,
): { readonly happened: string; readonly remedy: string } {
  switch (fault) {
    case 'refused':
      return {
        happened: `Nothing answers at ${host} (${code}).`,
        remedy: 'Check the base URL and its port, and that Dograh is running.',
      };
    case 'unresolvable':
      return {
        happened: `The host ${host} was not found (${code}).`,
        remedy: 'Check the base URL for a typing slip, and the network.',
      };
    case 'tls':
      return {
        happened: `No secure connection to ${host} could be made (${code}).`,
        remedy:
          'Check that the base URL uses the right scheme and port, and that the certificate is valid.',
      };
    case 'timeout':
      return {
        happened: `${host} did not answer within ${Math.ceil(timeoutMs / 100) / 10} seconds.`,
        remedy: 'Check that the base URL is right and that Dograh is running.',
      };
    case 'cancelled':
      return { happened: 'The execution was stopped.', remedy: '' };
    case 'invalid-request':
      return {
        happened: `The request to ${host} could not be made (${code}).`,
        remedy:
          'Check the base URL and the API key, and that this host is allowed to be reached from here.',
      };
    case 'interrupted':
      return {
        happened: `The connection to ${host} broke before a whole answer came (${code}).`,
        remedy: 'Check the network, and a proxy between here and Dograh.',
      };
  }
}
