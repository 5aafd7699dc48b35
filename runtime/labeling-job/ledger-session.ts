export * from '../shared/ledger-session';
