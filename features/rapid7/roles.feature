@rapid7 @roles
Feature: Roles

  @R7-ROLE-01 @must @safe
  Rule: Every listed role reads back by its id
    Source: 000_ed3294674eb9bc89.txt, getRoles and getRole

    Scenario: All of them, one with a space in its id included
      When the administrator calls getRoles
      Then each of the list reads back by getRole

  @R7-ROLE-02 @must @disruptive @shares-roles
  Rule: A built-in role is never deleted
    Source: 000_ed3294674eb9bc89.txt, deleteRole

    Scenario Outline: Deleting <role>
      Given the role "<role>"
      When the administrator deletes that role
      Then the request is refused
      And that role is unchanged

      Examples:
        | role             |
        | global-admin     |
        | security-manager |
        | site-admin       |
        | system-admin     |
        | user             |
        | custom           |

  @R7-ROLE-03 @must @shares-roles
  Rule: A role that is assigned to a user is not deleted
    Source: 000_ed3294674eb9bc89.txt, deleteRole

    Scenario: A custom role with a user
      Given a role that may be deleted
      And a user "ann" with that role
      When the administrator deletes that role
      Then the request is refused
      And that role is unchanged
      And "ann" is unchanged

  @R7-ROLE-04 @must @shares-roles
  Rule: A custom role that nobody has is deleted and is gone
    Source: 000_ed3294674eb9bc89.txt, deleteRole

    Scenario: A custom role without users
      Given a role that may be deleted
      When the administrator deletes that role
      Then the request succeeds
      And that role is gone

  @R7-ROLE-05 @must @shares-roles
  Rule: An unknown role answers 404
    Source: 000_ed3294674eb9bc89.txt, 404 of the operations on one role

    @safe
    Scenario Outline: Reading by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation    |
        | getRole      |
        | getRoleUsers |

    @disruptive
    Scenario Outline: Changing by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation  |
        | updateRole |
        | deleteRole |

  @R7-ROLE-06 @must @shares-roles
  Rule: An update changes name, description and privileges of a role
    Source: 000_ed3294674eb9bc89.txt, updateRole

    Scenario: All three
      Given a role that may be changed
      When the administrator updates that role with
        | name        | Changed by a test                         |
        | description | What a test left here                     |
        | privileges  | ["create-reports", "view-site-asset-data"] |
      Then the request succeeds
      And that role shows
        | name        | Changed by a test                         |
        | description | What a test left here                     |
        | privileges  | ["create-reports", "view-site-asset-data"] |

  @R7-ROLE-07 @must
  Rule: A role's users are exactly those assigned to it
    Source: 000_ed3294674eb9bc89.txt, getRoleUsers

    Scenario: Before and after a reassignment
      Given a user "ann" with the role "user"
      When the administrator assigns the role "site-admin" to "ann"
      Then "ann" is among the users of the role "site-admin"
      And "ann" is not among the users of the role "user"
      And the role "site-admin" has exactly the users assigned to it
      And the role "user" has exactly the users assigned to it

  @R7-ROLE-08 @should @shares-roles
  Rule: A role that does not hold together is refused
    Source: 000_ed3294674eb9bc89.txt, updateRole, required properties of Role

    Scenario Outline: With <property> <value>
      Given a role that may be changed
      When the administrator updates that role with
        | <property> | <value> |
      Then the request is refused
      And that role is unchanged

      Examples:
        | property    | value                             |
        | privileges  | ["rolecall-no-such-privilege"]    |
        | privileges  | ["create-reports", "rolecall-no-such-privilege"] |
        | name        | (left out)                        |
        | description | (left out)                        |
        | id          | user                              |

  @R7-ROLE-09 @observed @disruptive @shares-roles
  Rule: A built-in role is never changed
    Source: the vendor's documentation on managing users, custom roles

    Scenario Outline: Changing <role>
      Given the role "<role>"
      When the administrator updates that role with
        | description | Changed by a test |
      Then the request is refused
      And that role is unchanged

      Examples:
        | role             |
        | global-admin     |
        | security-manager |
        | site-admin       |
        | system-admin     |
        | user             |
        | custom           |
