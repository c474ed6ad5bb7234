import type { TransportRequest, TransportResponse } from '@dograh/shared';
import { timeLimits } from '../support/host-time';
import type { Fault, Simulator } from '../../tools/simulator';

type Send = (
  request: Pick<TransportRequest, 'url' | 'credential' | 'as' | 'timeoutMs'>,
) => Promise<TransportResponse>;

/** Registers the tests of streamed answers, for each transport. */
export function itStreamsAnswers(simulatorOf: () => Simulator, send: Send): void {
  const ask = (fault?: Fault): Promise<TransportResponse> => {
    const simulator = simulatorOf();
    if (fault !== undefined) simulator.faults.add({ on: 'health', fault });
    const url = `${simulator.url}/api/v1/health`;
    return send({ url, credential: 'none', as: 'stream', timeoutMs: 60_000 });
  };

  describe('an answer as a stream', () => {
    it('has unchanged bytes, and may take longer than the time limit while bytes arrive', async () => {
      const { body, status } = await ask({
        kind: 'slow-body',
        callPlaced: true,
        intervalMs: 10,
        bytesPerChunk: 8,
      });
      timeLimits.pass();
      const text = await textOf(body);

      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({ status: 'ok' });
      expect(simulatorOf().requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity' });
    });

    it('is read completely and parsed if it is an error or a redirect', async () => {
      const location = 'https://storage.example/';
      const answers = [
        await ask({ kind: 'status', callPlaced: false, status: 404, body: { detail: 'x' } }),
        await ask({ kind: 'redirect', callPlaced: false, status: 302, location }),
      ];

      expect(answers).toMatchObject([
        { status: 404, body: { detail: 'x' } },
        { status: 302, headers: { location } },
      ]);
    });

    it('fails if it does not begin within the time limit', async () => {
      timeLimits.passWhileWaitingFor(simulatorOf());

      await expect(ask({ kind: 'silence', callPlaced: false })).rejects.toMatchObject({
        fault: 'timeout',
      });
    });
  });
}

async function textOf(body: unknown): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
