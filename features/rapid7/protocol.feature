@rapid7 @protocol
Feature: Requests that cannot be read

  @R7-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: insightvm-api, createUser, getUser

    Scenario Outline: A body <body>
      When the administrator creates a user with a body <body>
      Then the request is refused
      And nothing was created

      Examples:
        | body                   |
        | cut off                |
        | followed by more       |
        | a list                 |
        | null                   |
        | with a number as login |
        | with a text as role    |
        | with a text as enabled |
        | not UTF-8              |
        | nested very deep       |
        | very large             |
        | a form                 |

    @safe
    Scenario Outline: The id "<id>"
      When the administrator asks for the user with id "<id>"
      Then the request is refused

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
      Then the request is refused with 405

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
      When the administrator calls getUser for something unknown
      Then the request is refused with 404
      And the error says its status

    @safe
    Scenario: An error because nobody is signed in
      When nobody calls getRole for something unknown
      Then the request is refused with 401
      And the error says its status

    Scenario: An error because a request is not well made
      When the administrator creates the user "ann" without role
      Then the request is refused with 400
      And the error says its status

  @R7-PROTO-03 @should
  Rule: What may be understood or not is refused, or answered as anything else
    Source: insightvm-api, getUsers, createUser

    @safe
    Scenario Outline: The parameter <name> as "<value>"
      When the administrator lists the users with <name> "<value>"
      Then the request is refused, or lists users

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
      When the administrator creates a user with a body with a name given twice
      Then the request is refused, or has made one user
