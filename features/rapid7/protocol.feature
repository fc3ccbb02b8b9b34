@rapid7 @protocol
Feature: Requests that cannot be read

  @R7-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: insightvm-api, createUser, getUser

    Scenario Outline: A body that is <what>
      When the administrator creates a user with a body '<body>'
      Then it is refused
      And nothing has changed

      Examples:
        | what                          | body                                                                                                                    |
        | cut off                       | {"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)                  |
        | followed by more              | {"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)"}} {"more": true} |
        | a list of a good one          | [{"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)"}}]             |
        | null                          | null                                                                                                                    |
        | good, but for login           | {"login": 42, "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)"}}                          |
        | good, but for role            | {"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": "(a role)"}                       |
        | good, but for enabled         | {"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)"}, "enabled": "yes"} |
        | not UTF-8                     | {"login": "(uninvited)", "name": "(no UTF-8)", "password": "(a new password)", "role": {"id": "(a role)"}}              |
        | nested very deep              | {"login": "(uninvited)", "name": "Uninvited", "password": "(a new password)", "role": {"id": "(a role)"}, "x": (20000 lists)} |
        | very large                    | {"login": "(uninvited)", "name": "(4 megabytes)", "password": "(a new password)", "role": {"id": "(a role)"}}           |
        | a form                        | login=(uninvited)&name=Uninvited                                                                                        |

    @safe
    Scenario Outline: The id "<id>"
      When the administrator tries getUser of "<id>"
      Then it is refused

      Examples:
        | id                   |
        | abc                  |
        | 1.5                  |
        | -1                   |
        | 99999999999          |
        | 99999999999999999999 |
        | 1/2                  |
        | 1;drop               |

    Scenario Outline: The method <method> where <operation> is
      When the administrator uses the method <method> where <operation> is
      Then it is refused as 405

      Examples:
        | method | operation     |
        | PATCH  | getUser       |
        | POST   | getUser       |
        | PUT    | getUsers      |
        | DELETE | getPrivileges |
        | POST   | getRoles      |

  @R7-PROTO-02 @should
  Rule: An error says the status that it has
    Source: insightvm-api, notFound, unauthorized, badRequest

    @safe
    Scenario: An error because something is not found
      When the administrator tries getUser of "2147483000"
      Then it is refused as unknown
      And the error says its status

    @safe
    Scenario: An error because nobody is signed in
      When nobody tries getRole of "rolecall-no-such-thing"
      Then it is refused as unauthenticated
      And the error says its status

    Scenario: An error because a request is not well made
      When the administrator creates the user "ann" with
        | role | (left out) |
      Then it is refused as malformed
      And the error says its status

  @R7-PROTO-03 @should
  Rule: What may be understood or not is refused, or answered as anything else
    Source: insightvm-api, getUsers, createUser

    @safe
    Scenario Outline: The parameter <name> as "<value>"
      When the administrator lists the users with
        | <name> | <value> |
      Then the page holds at most 500 users, if any

      Examples:
        | name | value      |
        | size | -1         |
        | size | 0          |
        | size | many       |
        | page | -1         |
        | page | 1e3        |
        | page | 9999999999 |
        | sort | password   |
        | sort | id,SIDEWAYS |

    Scenario: A body with a name given twice
      When the administrator creates a user with a body '{"name": "First", "login": "(uninvited)", "name": "Second", "password": "(a new password)", "role": {"id": "(a role)"}}'
      Then it is refused, or has made one user
