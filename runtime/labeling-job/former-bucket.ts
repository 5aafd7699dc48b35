export * from '../shared/former-bucket';
