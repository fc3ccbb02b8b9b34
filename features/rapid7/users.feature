@rapid7 @users
Feature: Users

  @R7-USER-01 @must
  Rule: A created user reads back as it was given
    Source: insightvm-api, createUser, getUser

    Scenario: A user with what is required
      When the administrator creates the user "ann"
      Then it succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario Outline: A user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | property       | value                                        |
        | name           | Añn Ōsaka-Müller 安                           |
        | email          | ann.o'neil+test@example.com                  |
        | role           | {"id": "(a role)", "allSites": true}         |
        | role           | {"id": "(another role)", "allAssetGroups": true} |
        | authentication | (an internal source)                         |

    Scenario: Each detail alone and each pair of them
      When the administrator creates users with each of these alone and with each pair
        | name    | Annette Other                            |
        | email   | other@example.com                        |
        | enabled | false                                    |
        | role.id | (another role)                           |
        | locale  | {"default": "en-US", "reports": "en-US"} |
      Then each shows what it was given, and nothing else has changed

  @R7-USER-02 @must
  Rule: The answer to a creation carries the new id, and the user is listed once
    Source: insightvm-api, createUser

    Scenario: A new user
      When the administrator creates the user "ann"
      Then the answer carries the id of "ann"
      And "ann" is listed 1 time

    Scenario: A second user after a first one
      Given a user "ann"
      When the administrator creates the user "bob"
      Then the answer carries the id of "bob"
      And "bob" is listed 1 time
      And "ann" is listed 1 time

  @R7-USER-03 @should
  Rule: A user without login, name, password or role is refused
    Source: insightvm-api, createUser

    Scenario Outline: A user without <property>
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then it is refused as malformed
      And nothing has changed

      Examples:
        | property |
        | login    |
        | name     |
        | password |
        | role     |

    Scenario: A user with a role that has no id
      When the administrator creates the user "ann" with
        | role | {"allSites": true} |
      Then it is refused as malformed
      And nothing has changed

  @R7-USER-05 @should
  Rule: A second user with the same login is refused and the first is unharmed
    Source: insightvm-api, createUser

    Scenario: A login that a user has
      Given a user "ann"
      When the administrator creates the user "bob" with
        | login | (the login of "ann") |
      Then it is refused
      And nothing has changed
      And "ann" is listed 1 time

  @R7-USER-06 @should
  Rule: A user with a role or an authentication source that does not exist is refused
    Source: insightvm-api, createUser, updateUser

    Scenario Outline: A new user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it is refused
      And nothing has changed

      Examples:
        | property       | value                                          |
        | role.id        | (an unknown name)                              |
        | authentication | {"type": "carrier-pigeon"}                     |
        | authentication | (an unknown source)                            |
        | authentication | (a source by another type than its own)        |

    Scenario Outline: An update with <property> as <value>
      Given a user "ann"
      When the administrator changes "ann"
        | name       | Changed |
        | <property> | <value> |
      Then it is refused
      And nothing has changed

      Examples:
        | property       | value                                   |
        | role.id        | (an unknown name)                       |
        | authentication | {"type": "carrier-pigeon"}              |
        | authentication | (a source by another type than its own) |

  @R7-USER-07 @should
  Rule: The id in a body has no effect
    Source: insightvm-api, createUser, updateUser

    Scenario: An id in a creation
      When the administrator creates the user "ann" with
        | id | 2147483000 |
      Then it is refused or has no effect
      And the answer carries the id of "ann"
      And "ann" is listed 1 time

    Scenario: The id of another in an update
      Given a user "ann"
      And a user "bob"
      When the administrator changes "ann"
        | id | (the id of "bob") |
      Then it is refused or has no effect
      And "ann" is unharmed
      And "bob" is unharmed

  @R7-USER-08 @should
  Rule: A new account is enabled and not locked unless said otherwise
    Source: insightvm-api, createUser

    Scenario: A user of which nothing is said
      When the administrator creates the user "ann"
      Then "ann" shows enabled as true
      And "ann" shows locked as false

    Scenario: A user that is said to be disabled
      When the administrator creates the user "ann" with
        | enabled | false |
      Then "ann" shows enabled as false
      And "ann" shows locked as false

  @R7-USER-09 @must
  Rule: An update replaces the details and leaves everything else alone
    Source: insightvm-api, updateUser

    Scenario: Each detail alone and each pair of them
      Given an equipped user "ann"
      And a user "bob"
      When the administrator changes "ann" in each of these alone and in each pair
        | name    | Annette Other     |
        | email   | other@example.com |
        | enabled | false             |
        | role.id | (another role)    |
        | locale  | {"default": "fr-FR", "reports": "fr-FR"} |
      Then each shows what it was given, and nothing else has changed
      And "bob" is unharmed

    Scenario: Access to everything, given and taken again
      Given a user "ann"
      When the administrator changes "ann" in each of these alone and in each pair
        | role.allSites       | true |
        | role.allAssetGroups | true |
      Then each shows what it was given, and nothing else has changed

    Scenario: A user after an update
      Given an equipped user "ann"
      When the administrator changes "ann"
        | name | Somebody Else |
      Then it succeeds
      And "ann" is unharmed
      And "ann" is listed 1 time

    Scenario: A new password
      Given an equipped user "ann"
      When the administrator changes "ann"
        | password | (a new password) |
      Then it succeeds
      And only the newest password of "ann" works
      And "ann" is unharmed

  @R7-USER-10 @must
  Rule: A deleted user is gone from everywhere
    Source: insightvm-api, deleteUser

    Scenario: A user with everything that a user can have
      Given an equipped user "ann"
      When the administrator deletes "ann"
      Then it succeeds
      And "ann" is gone

    Scenario: Each operation on a user that is deleted
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator tries every operation on a user, on "ann"
      Then each is refused as unknown

    Scenario: A deleted user signs in
      Given a user "ann"
      When the administrator deletes "ann"
      And "ann" reads itself
      Then it is refused as unauthenticated

  @R7-USER-11 @must
  Rule: Every operation on an unknown user answers 404 where that is documented
    Source: insightvm-api, getUser, updateUser, deleteUser

    @safe
    Scenario: Reading a user that does not exist, beside one that does
      When the administrator tries these operations on something unknown
        | getUser            |
        | getUserAssetGroups |
        | getUserPrivileges  |
        | getUserSites       |
      Then each is refused as unknown
      And each succeeds for what exists

    Scenario: Each operation on a user that does not exist
      When the administrator tries every operation on a user, on something unknown
      Then each is refused as unknown

  @R7-USER-12 @observed
  Rule: What getUser returned is accepted by updateUser and changes nothing
    Source: insightconnect-plugin, users

    Scenario Outline: A user with <property> as <value>, sent back
      Given a user "ann" with
        | <property> | <value> |
      When the administrator sends "ann" back as it was read
      Then it succeeds
      And "ann" is unharmed

      Examples:
        | property | value                                    |
        | name     | Ann                                      |
        | role     | {"id": "(a role)", "allSites": true}     |
        | locale   | {"default": "en-US", "reports": "en-US"} |

  @R7-USER-13 @should
  Rule: An update does not take the login of another user
    Source: insightvm-api, updateUser

    Scenario: A login that another user has
      Given a user "ann"
      And a user "bob"
      When the administrator changes "bob"
        | login | (the login of "ann") |
      Then it is refused
      And nothing has changed

  @R7-USER-14 @observed
  Rule: A lock in a body has no effect
    Source: insightvm-swagger, users

    Scenario: A lock in a creation
      When the administrator creates the user "ann" with
        | locked | true |
      Then it is refused or has no effect
      And "ann" shows locked as false

    Scenario: A lock in an update
      Given a user "ann"
      When the administrator changes "ann"
        | locked | true |
      Then it is refused or has no effect
      And "ann" is unharmed

    Scenario: An unlocking in an update of a locked account
      Given a locked user "ann"
      When the administrator changes "ann"
        | locked | false |
      Then it is refused or has no effect
      And "ann" shows locked as true

  @R7-USER-15 @should
  Rule: A text reads back to the letter, or is refused
    Source: insightvm-api, createUser, updateUser, getUser

    Scenario Outline: Texts that break things as the <property> of new users
      When the administrator creates users with each of these texts as <property>
        | 12345678                                |
        | null                                    |
        | "true"                                  |
        | 👩‍🚀 emoji 安                             |
        | <b>bold</b> & "quoted" \\ back           |
        | '; DROP TABLE users; --                 |
        | ${7*7} {{7*7}} %s %00                   |
        | "  blank at the ends  "                 |
        | "two\nlines"                            |
        | a long text of 200 letters              |
        | Mixed.Case@Example.COM                  |
      Then each text reads back to the letter, or is refused

      Examples:
        | property |
        | name     |
        | login    |
        | email    |

    Scenario Outline: Texts that break things as the <property> that a user is given
      Given a user "ann"
      When the administrator gives "ann" each of these texts as <property>
        | 12345678                      |
        | 👩‍🚀 emoji 安                   |
        | <b>bold</b> & "quoted" \\ back |
        | "  blank at the ends  "       |
        | a long text of 200 letters    |
        | Mixed.Case@Example.COM        |
      Then each text reads back to the letter, or is refused

      Examples:
        | property |
        | name     |
        | email    |

  @R7-SELF-01 @should
  Rule: Nobody deletes itself
    Source: insightvm-api, deleteUser

    Scenario: An administrator deletes its own account
      Given an administrator "ann"
      When "ann" tries deleteUser on "ann"
      Then it is refused
      And "ann" can sign in
