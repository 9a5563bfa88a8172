/** On everything that the Functions controller makes for a Function, its pods included. */
export const functionNameLabel = "serverless.kyma-project.io/function-name";
