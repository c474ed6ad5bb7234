/**
 * Zapier's cloud is AWS Lambda. Lambda always sets these reserved variables, and users cannot change them
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
 */
export function isInZapierCloud(): boolean {
  const { AWS_LAMBDA_FUNCTION_NAME: name, LAMBDA_TASK_ROOT: root } = process.env;
  return name !== undefined || root !== undefined;
}
