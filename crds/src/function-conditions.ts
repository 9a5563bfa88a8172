/** Types of the conditions in a Function's status. */
export const functionConditionTypes = {
  configurationReady: "ConfigurationReady",
  running: "Running",
} as const;

/** Reasons of the conditions in a Function's status. */
export const functionConditionReasons = {
  invalidFunctionSpec: "InvalidFunctionSpec",
  functionSpecValidated: "FunctionSpecValidated",
  sourceUpdated: "SourceUpdated",
  sourceUpdateFailed: "SourceUpdateFailed",
  deploymentCreated: "DeploymentCreated",
  deploymentUpdated: "DeploymentUpdated",
  deploymentFailed: "DeploymentFailed",
  deploymentDeleted: "DeploymentDeleted",
  deploymentDeletionFailed: "DeploymentDeletionFailed",
  deploymentWaiting: "DeploymentWaiting",
  deploymentReady: "DeploymentReady",
  serviceCreated: "ServiceCreated",
  serviceUpdated: "ServiceUpdated",
  serviceFailed: "ServiceFailed",
  minReplicasNotAvailable: "MinReplicasNotAvailable",
} as const;

export type FunctionConditionType = (typeof functionConditionTypes)[keyof typeof functionConditionTypes];
export type FunctionConditionReason =
  (typeof functionConditionReasons)[keyof typeof functionConditionReasons];

/** Longest message of a condition, in characters; longer ones are cut. */
export const maxConditionMessageLength = 32768;
