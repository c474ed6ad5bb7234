import { isSameNumber } from '@dograh/shared';

describe('a number is the same', () => {
  it.each([
    ...['+49 30 123456', '+49-30-123456', '4930123456', '0049 30 123456', 'tel:+49-30-123456'],
    ...['(+49) 30 123456', '+49 (0) 30 123456', '(+49) (0)30/123456', '+49\u201130\u2013123456'],
    ...['\u202a+4930123456\u202c', '+49\u202f30\u2009123456\n', '+49\u00ad30123456'],
  ])('if it is written as %j', (written) => {
    expect(isSameNumber('+4930123456', written)).toBe(true);
    expect(isSameNumber(written, '+4930123456')).toBe(true);
  });

  it.each(['sip:ann@example.com', '204'])('if an invisible character is added to %s', (text) => {
    expect(isSameNumber(text, `${text}\u200b`)).toBe(true);
  });
});

describe('a number is another one', () => {
  it.each([
    ['+4930123456', '+4930123457'],
    ['+4930123456', '+49301234560'],
    ['204', '+204'],
    ['sip:ann@example.com', 'sip:Ann@example.com'],
    ['sip:%@example.com', 'sip:ann@example.com'],
  ])('%s than %s', (one, other) => {
    expect(isSameNumber(one, other)).toBe(false);
  });
});
