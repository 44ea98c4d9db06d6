export { betaCdf } from './beta-cdf.ts';
export { betaFraction } from './beta-fraction.ts';
export { auditIntrusion, type IntrusionAudit } from './intrusion.ts';
export { auditPlan, type LambdaHistogram, lambdaHistogram, type PlanAudit } from './plan-audit.ts';
