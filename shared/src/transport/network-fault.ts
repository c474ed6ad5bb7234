import type { TransportError } from './transport';

/** Sentences about a network fault: what happened, and what to do. */
export function describeFault(
  { fault, code }: TransportError,
  host: string,
  timeoutMs: number,
): { readonly happened: string; readonly remedy: string } {
  switch (fault) {
    case 'refused':
      return {
        happened: `${host} refused the connection (${code}).`,
        remedy: 'Check Base URL and its port, and that Dograh is running.',
      };
    case 'unresolvable':
      return {
        happened: `The host ${host} was not found (${code}).`,
        remedy: 'Check the spelling of Base URL, and the network.',
      };
    case 'tls':
      return {
        happened: `The secure connection to ${host} failed (${code}).`,
        remedy:
          'Check that Base URL has the right scheme and port, and that the certificate is valid.',
      };
    case 'timeout':
      return {
        happened: `${host} did not answer within ${Math.ceil(timeoutMs / 100) / 10} seconds.`,
        remedy: 'Check Base URL, and that Dograh is running.',
      };
    case 'cancelled':
      return { happened: 'The execution was stopped.', remedy: '' };
    case 'invalid-request':
      return {
        happened: `The request to ${host} could not be sent (${code}).`,
        remedy: 'Check Base URL and API Key, and that the network allows requests to this host.',
      };
    case 'interrupted':
      return {
        happened: `The connection to ${host} was lost before the response was complete (${code}).`,
        remedy: 'Check the network, and the proxy in front of Dograh, if there is one.',
      };
  }
}
