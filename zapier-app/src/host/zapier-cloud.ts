/**
 * Whether this code runs in Zapier's cloud, which is AWS Lambda: Lambda sets these and lets nobody set them
 * otherwise (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, reserved variables).
 */
export function runsInZapiersCloud(): boolean {
  const { AWS_LAMBDA_FUNCTION_NAME: name, LAMBDA_TASK_ROOT: root } = process.env;
  return name !== undefined || root !== undefined;
}
