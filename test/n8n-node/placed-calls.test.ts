import { OutcomeUnknownError, type DograhErrorData } from '@dograh/shared';
import type { IExecuteFunctions } from 'n8n-workflow';
import { PlacedCalls } from '../../n8n-node/nodes/Dograh/host/placed-calls';
import { executeContext } from './n8n-host';

describe('the memory of the calls that were placed', () => {
  it('takes a call for placed, perhaps, when the client itself broke', async () => {
    const context = await executeContext({ apiKey: 'dg_key', baseUrl: 'https://api.dograh.com' });
    const place = jest.fn(() => Promise.reject(new TypeError('x is not a function')));
    const recover = jest.fn((lost: DograhErrorData) =>
      Promise.reject(new OutcomeUnknownError(lost)),
    );
    const attempt = () =>
      new PlacedCalls(context as IExecuteFunctions).once(0, '+14155550123', { place, recover });
    const unclear = {
      kind: 'OutcomeUnknown',
      callPlaced: 'unknown',
      message: expect.stringMatching(/placed: TypeError/) as unknown,
    };

    await expect(attempt()).rejects.toMatchObject(unclear);
    await expect(attempt()).rejects.toMatchObject(unclear);
    expect(place).toHaveBeenCalledTimes(1);
  });
});
