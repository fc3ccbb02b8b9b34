@rapid7 @users
Feature: Users

  @R7-USER-01 @must
  Rule: A created user reads back as it was given
    Source: 000_ed3294674eb9bc89.txt, createUser and getUser

    Scenario: With what is required
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" signs in with its password

    Scenario Outline: With <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | property       | value                                    |
        | name           | Añn Ōsaka-Müller 安                       |
        | email          | ann.o'neil+test@example.com              |
        | enabled        | false                                    |
        | role.id        | site-admin                               |
        | role           | {"id": "user", "allSites": true}         |
        | role           | {"id": "user", "allAssetGroups": true}   |
        | authentication | {"type": "normal"}                       |
        | locale         | {"default": "en-US", "reports": "en-US"} |

  @R7-USER-02 @must
  Rule: The answer to a creation carries the new id, and the user is listed once
    Source: 000_ed3294674eb9bc89.txt, createUser, CreatedReference

    Scenario: A new user
      When the administrator creates the user "ann"
      Then the answer carries the id of "ann"
      And "ann" is listed 1 time

  @R7-USER-03 @must
  Rule: A user without login, name, password or role is refused
    Source: 000_ed3294674eb9bc89.txt, createUser, required properties of UserEdit

    Scenario Outline: Without <property>
      When the administrator creates the user "ann" without <property>
      Then the request is refused with 400
      And there is no user like "ann"

      Examples:
        | property |
        | login    |
        | name     |
        | password |
        | role     |

    Scenario: With a role that has no id
      When the administrator creates the user "ann" with
        | role | {"allSites": true} |
      Then the request is refused with 400
      And there is no user like "ann"

  @R7-USER-04 @should
  Rule: No answer contains a password, nor a two-factor key outside the 2FA operations
    Source: 000_ed3294674eb9bc89.txt, the answers of every operation

    Scenario: All that is said of a user
      Given a user "ann"
      And "ann" has a two-factor key
      When the administrator reads "ann"
      And the administrator lists the users
      And the administrator lists the users sorted by "id,DESC"
      And "ann" reads itself
      And "ann" changes the password of "ann"
      And the administrator calls updateUser for "ann"
      And the administrator deletes "ann"
      Then no answer contains a password
      And only two-factor answers contain the key of "ann"

    Scenario: Refusals do not repeat it
      Given a user "ann"
      When the administrator creates the user "bob" with the login of "ann"
      And the administrator creates the user "cid" without name
      Then no answer contains a password

  @R7-USER-05 @should
  Rule: A second user with the same login is refused and the first is unharmed
    Source: 000_ed3294674eb9bc89.txt, createUser, property login

    Scenario: The same login
      Given a user "ann"
      When the administrator creates the user "bob" with the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "ann" is listed 1 time

  @R7-USER-06 @should
  Rule: A user with a role or an authentication source that does not exist is refused
    Source: 000_ed3294674eb9bc89.txt, createUser, UserCreateRole and CreateAuthenticationSource

    Scenario Outline: A new user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | property       | value                              |
        | role.id        | rolecall-no-such-role              |
        | authentication | {"type": "carrier-pigeon"}         |
        | authentication | {"type": "normal", "id": 2147483000} |
        | authentication | {"type": "normal", "id": 1}        |

    Scenario Outline: An update with <property> as <value>
      Given a user "ann"
      When the administrator updates "ann" with
        | <property> | <value> |
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | property       | value                      |
        | role           | {"id": "rolecall-no-such-role"} |
        | authentication | {"type": "carrier-pigeon"} |

  @R7-USER-07 @should
  Rule: Read-only properties in a body have no effect
    Source: 000_ed3294674eb9bc89.txt, UserEdit, properties id and locked

    Scenario: In a creation
      When the administrator creates the user "ann" with
        | id     | 2147483000 |
        | locked | true       |
      Then the request is refused or has no effect
      And the answer carries the id of "ann"
      And "ann" shows locked as false

    Scenario: In an update
      Given a user "ann"
      And a user "bob"
      When the administrator updates "ann" with
        | id     | 2147483000 |
        | locked | true       |
      Then the request is refused or has no effect
      And "ann" is unchanged
      And "bob" is unchanged

    Scenario: In an update of a locked account
      Given a locked user "ann"
      When the administrator updates "ann" with
        | locked | false |
      Then "ann" shows locked as true

  @R7-USER-08 @should
  Rule: A new account is enabled and not locked unless said otherwise
    Source: 000_ed3294674eb9bc89.txt, createUser, property enabled

    Scenario: Nothing said
      When the administrator creates the user "ann"
      Then "ann" shows enabled as true
      And "ann" shows locked as false

    Scenario: Said otherwise
      When the administrator creates the user "ann" with
        | enabled | false |
      Then "ann" shows enabled as false
      And "ann" shows locked as false

  @R7-USER-09 @must
  Rule: An update replaces the details and leaves everything else alone
    Source: 000_ed3294674eb9bc89.txt, updateUser

    Scenario: Every detail
      Given a user "ann"
      And a user "bob"
      And "ann" has a two-factor key
      When the administrator updates "ann" with
        | name    | Annette Other                    |
        | email   | other@example.com                |
        | enabled | false                            |
        | role    | {"id": "user", "allSites": true} |
      Then the request succeeds
      And "ann" is unchanged
      And "bob" is unchanged

    Scenario: The login
      Given a user "ann"
      When the administrator updates "ann" with
        | name | Somebody Else |
      Then "ann" shows name as Somebody Else
      And "ann" is listed 1 time
      And "ann" signs in with its password

  @R7-USER-10 @must
  Rule: A deleted user is gone from everywhere
    Source: 000_ed3294674eb9bc89.txt, deleteUser

    Scenario: A plain user
      Given a user "ann"
      When the administrator deletes "ann"
      Then the request succeeds
      And "ann" is gone
      And "ann" is no longer named by getRoleUsers of "user"
      And "ann" is no longer named by getUsersWithPrivilege of "create-reports"
      And "ann" is no longer named by getAuthenticationSourceUsers of "2"

    Scenario: It cannot sign in any more
      Given a user "ann"
      When the administrator deletes "ann"
      And "ann" reads itself
      Then the request is refused with 401

  @R7-USER-11 @must
  Rule: Every operation on an unknown user answers 404 where that is documented
    Source: 000_ed3294674eb9bc89.txt, 404 of the operations on one user

    @safe
    Scenario Outline: Reading by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation                     |
        | getUser                       |
        | getTwoFactorAuthenticationKey |
        | getUserAssetGroups            |
        | getUserPrivileges             |
        | getUserSites                  |

    Scenario Outline: Changing by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation                  |
        | updateUser                 |
        | deleteUser                 |
        | setTwoFactorAuthentication |
        | setUserAssetGroups         |
        | removeAllUserAssetGroups   |
        | addUserAssetGroup          |
        | removeUserAssetGroup       |
        | unlockUser                 |
        | resetPassword              |
        | setUserSites               |
        | removeAllUserSites         |
        | addUserSite                |
        | removeUserSite             |

    Scenario: Regenerating a key, which documents no 404
      When the administrator calls regenerateTwoFactorAuthentication for something unknown
      Then the request is refused

  @R7-USER-12 @observed
  Rule: What getUser returned is accepted by updateUser and changes nothing
    Source: the vendor's InsightConnect plugin, which enables and disables users this way

    Scenario Outline: A user with <property> as <value>
      Given a user "ann" with
        | <property> | <value> |
      When the administrator sends "ann" back as it was read
      Then the request succeeds
      And "ann" reads the same as before
      And "ann" is unchanged

      Examples:
        | property | value                            |
        | name     | Ann                              |
        | role     | {"id": "user", "allSites": true} |
        | locale   | {"default": "en-US", "reports": "en-US"} |

  @R7-USER-13 @should
  Rule: An update does not take the login of another user
    Source: 000_ed3294674eb9bc89.txt, updateUser, property login

    Scenario: The login of another
      Given a user "ann"
      And a user "bob"
      When the administrator updates "bob" with the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "bob" is unchanged

  @R7-USER-14 @should
  Rule: Nobody deletes itself
    Source: 000_ed3294674eb9bc89.txt, deleteUser: only a Global Administrator deletes users, so that one has to stay

    Scenario: An administrator tries
      Given a user "ann" with the role "global-admin"
      When "ann" calls deleteUser for "ann"
      Then the request is refused
      And "ann" signs in with its password
