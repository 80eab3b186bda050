export default {
  passwordTitle: 'This dashboard has a password',
  passwordText: 'Whoever sent you the link knows it.',
  password: 'Password',
  open: 'Open',
  wrongPassword: 'The password is not right.',
  tooOften: 'Too many tries. Wait a moment.',
  goneTitle: 'Nothing is shared here',
  goneText: 'The link was revoked, or it is not complete.',
  limited: 'Shows a part of the visits only.',
} as const
