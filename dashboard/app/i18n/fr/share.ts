import type { Translation } from '../areas.ts'

export default {
  passwordTitle: 'Ce tableau de bord est protégé par un mot de passe',
  passwordText: 'La personne qui vous a envoyé le lien le connaît.',
  password: 'Mot de passe',
  open: 'Ouvrir',
  wrongPassword: 'Le mot de passe est incorrect.',
  tooOften: 'Trop de tentatives. Patientez un instant.',
  goneTitle: 'Rien n’est partagé ici',
  goneText: 'Le lien a été révoqué ou il est incomplet.',
  limited: 'N’affiche qu’une partie des visites.',
} satisfies Translation<'share'>
