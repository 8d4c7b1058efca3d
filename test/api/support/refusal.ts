import { CodeDeployServiceException } from '@aws-sdk/client-codedeploy';

/** How a call was refused: the name of its exception, and what it says. @throws Error when it was not */
export async function refusal(call: Promise<unknown>): Promise<{ readonly name: string; readonly message: string }> {
  const error = await call.then(
    () => new Error('The call was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof CodeDeployServiceException) return { name: error.name, message: error.message };
  throw error;
}
