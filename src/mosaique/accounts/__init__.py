"""Sign-in, invitations, mandates' screens, « Mon compte », « Qui peut voir ceci ? ».

Nouns: SignInCode (proof that one reads a mailbox), Invitation and its InvitationBatch. Persons and mandates are access's.
Doors: `services.grant_mandate`, `services.end_mandate`, `services.write_mandate`, `services.invite`, the URL names
`sign_in`, `sign_out`, `switch_mandate`, `account`, `people`, `welcome`, `who_can_see`.
"""
