import { createWorld, type Ending, type PhoneNumber, type World } from '../simulator';

/** How the simulated calls to the numbers in call-wait-and-branch.json end: one for each branch. */
const EXAMPLE_ENDINGS: Readonly<Record<string, Ending>> = {
  '+14155550101': { gathered: { interested: 'yes' } },
  '+14155550102': { gathered: { interested: 'no' } },
  '+14155550103': { disposition: 'voicemail_detected' },
  '+14155550104': { disposition: 'no-answer' },
  '+14155550105': { disposition: 'busy' },
  '+14155550106': { disposition: 'failed' },
};

/** How the calls to the first hundred people in launch-a-campaign.json end, by the last digit. */
const CAMPAIGN_ENDINGS: Readonly<Record<number, Ending>> = {
  1: { disposition: 'no-answer' },
  4: { disposition: 'busy' },
  7: { disposition: 'voicemail_detected' },
};
/** The provider refuses the number of one of the others. */
const REFUSED_NUMBER = '+16285550199';
/** Dograh 1.45 uses each number of the caller for one call of a campaign at a time. */
const MORE_CALLER_IDS = 8;

/** A simulated world in which every branch of the examples is reached. */
export function exampleWorld(): World {
  const world = createWorld();
  return {
    ...world,
    endings: { ...world.endings, ...EXAMPLE_ENDINGS, ...campaignEndings() },
    unreachableNumbers: [...world.unreachableNumbers, REFUSED_NUMBER],
    phoneNumbers: { ...world.phoneNumbers, ...moreCallerIds(world) },
  };
}

function campaignEndings(): Record<string, Ending> {
  return Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => {
      const ending = CAMPAIGN_ENDINGS[index % 10];
      return ending === undefined ? [] : [[`+15105550${100 + index}`, ending] as const];
    }).flat(),
  );
}

function moreCallerIds({ phoneNumbers: { acmeSales } }: World): Record<string, PhoneNumber> {
  return Object.fromEntries(
    Array.from({ length: MORE_CALLER_IDS }, (_, index) => {
      const address = `+1415555${2000 + index}`;
      return [address, { ...acmeSales, id: 1000 + index, address, label: `Line ${index + 3}` }];
    }),
  );
}
