import type { Rule } from '../../../tools/hosts/zapier/submission';

const MIN_PIXELS = 256;
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** The PNG color type with transparency. */
const RGBA = 6;

export const iconRule: Rule = {
  name: 'the icon is a square PNG in RGBA of at least 256 pixels',
  check: ({ icon }) => {
    const png = Buffer.from(icon);
    if (png.length < 26 || !png.subarray(0, 8).equals(SIGNATURE)) return ['icon is not a PNG'];
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    return [
      ...(width === height ? [] : [`icon is ${width} by ${height} pixels`]),
      ...(Math.min(width, height) >= MIN_PIXELS
        ? []
        : [`icon has fewer than ${MIN_PIXELS} pixels`]),
      ...(png[25] === RGBA ? [] : ['icon is not RGBA']),
    ];
  },
};
