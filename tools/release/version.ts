/** The form of a released version. It has no suffix, because both hosts publish each version for all users. */
const FORM = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

export const STEPS = ['major', 'minor', 'patch'] as const;
type Step = (typeof STEPS)[number];

export function isStep(text: string): text is Step {
  return (STEPS as readonly string[]).includes(text);
}

export function isVersion(text: string): boolean {
  return FORM.test(text);
}

/** @returns less than 0 if `a` is lower, 0 if they are equal */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The wanted version: a step from `current`, or the version itself. */
export function nextVersion(current: string, wanted: string): string {
  if (isVersion(wanted)) return wanted;
  const [major, minor, patch] = numbersOf(current);
  switch (wanted as Step) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
    default:
      throw new Error(`"${wanted}" must be one of ${STEPS.join(', ')}, or a version like 1.2.3.`);
  }
}

function numbersOf(version: string): [number, number, number] {
  const [, major, minor, patch] = FORM.exec(version) ?? [];
  if (patch === undefined) throw new Error(`"${version}" must be a version like 1.2.3.`);
  return [Number(major), Number(minor), Number(patch)];
}
