/** The AppSpec of a deployment to Lambda: right, unless both versions are the same. */
export function functionAppSpec(targetVersion = 2): string {
  return `version: 0.0
Resources:
  - orders:
      Type: AWS::Lambda::Function
      Properties:
        Name: orders
        Alias: live
        CurrentVersion: 1
        TargetVersion: ${targetVersion}
`;
}

/** The AppSpec of a deployment to ECS, in JSON. */
export const SERVICE_APP_SPEC = JSON.stringify({
  version: 0.0,
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: 'orders:7',
          LoadBalancerInfo: { ContainerName: 'web', ContainerPort: 80 },
        },
      },
    },
  ],
});
