@rapid7 @links
Feature: Links

  @R7-LINK-01 @should @alone
  Rule: Every resource links to itself
    Source: insightvm-api, getUser, getUsers, getRoles, getPrivileges, getAuthenticationSources

    Scenario: A user that was just made
      Given a user "ann"
      When the administrator reads "ann"
      Then the answer links to itself

    @safe
    Scenario Outline: Each <one> of the list by its link
      When the administrator lists the <list>
      Then each <one> of the list links to itself

      Examples:
        | list                   | one                   |
        | users                  | user                  |
        | roles                  | role                  |
        | authentication sources | authentication source |

    @safe
    Scenario Outline: The list of <list> by its own link
      When the administrator lists the <list>
      Then the answer links to itself

      Examples:
        | list                   |
        | users                  |
        | roles                  |
        | privileges             |
        | authentication sources |

  @R7-LINK-02 @observed
  Rule: Links have the names of what they lead to
    Source: console-answers, users

    Scenario: The links of a user
      Given a user "ann"
      When the administrator reads "ann"
      Then the answer has the links "self, Authentication Source, Asset Groups, Sites, Privileges, Role", each leading where it says

    @safe
    Scenario Outline: The links of the answer to <operation>
      When the administrator tries <operation> on something that exists
      Then the answer has the links "<links>", each leading where it says

      Examples:
        | operation               | links                             |
        | getRole                 | self, Users                       |
        | getAuthenticationSource | self, Authentication Source Users |

    Scenario Outline: The links of the answer to a change by <operation>
      Given an equipped user "ann"
      When the administrator tries <operation> on "ann"
      Then the answer has the links "<links>", each leading where it says

      Examples:
        | operation                         | links             |
        | updateUser                        | self              |
        | setUserSites                      | User Sites        |
        | addUserSite                       | User Sites        |
        | removeUserSite                    | User Sites        |
        | removeAllUserSites                | User Sites        |
        | setUserAssetGroups                | User Asset Groups |
        | addUserAssetGroup                 | User Asset Groups |
        | removeUserAssetGroup              | User Asset Groups |
        | removeAllUserAssetGroups          | User Asset Groups |
        | deleteUser                        | self              |

    Scenario: The links of the answer to a creation
      When the administrator creates the user "ann"
      Then the answer has the links "self, self", each leading where it says
