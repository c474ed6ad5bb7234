import type { CallInput, CallResult, DograhClient } from '@dograh/shared';
import type { PlaceCallOptions } from '../../shared/src/place-call/prepared-call';

/** Prepares and places a call that does not require its variables. Rejects also if the input is refused. */
export async function placeCall(
  client: DograhClient,
  input: CallInput,
  options?: PlaceCallOptions,
): Promise<CallResult> {
  return await client.prepare({ requireVariables: false, ...input }).place(options);
}
