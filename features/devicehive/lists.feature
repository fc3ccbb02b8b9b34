@devicehive @lists
Feature: Lists of users

  @DH-LIST-01 @observed
  Rule: A list is filtered by login, pattern, role and status
    Source: java-server, user

    Scenario Outline: A list with <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator asks for list with
        | <parameter> | <value> |
      Then the list holds <people>

      Examples:
        | parameter    | value     | people           |
        | login        | <ann>     | ann              |
        | login        | <tag>-nobody | none          |
        | loginPattern | <tag>-%   | ann, eve and dan |
        | loginPattern | <tag>-_an | dan              |
        | loginPattern | <tag>     | none             |

    Scenario Outline: A list with a pattern and <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator asks for list with
        | loginPattern | <tag>-% |
        | <parameter>  | <value> |
      Then the list holds <people>

      Examples:
        | parameter | value | people      |
        | role      | 0     | eve         |
        | role      | 1     | ann and dan |
        | status    | 0     | ann and eve |
        | status    | 2     | dan         |
        | login     | <ann> | ann, eve and dan |

  @DH-LIST-02 @observed
  Rule: A list is sorted by number or login, ascending unless asked otherwise
    Source: java-server, user

    Scenario Outline: A list by <field>, <order>
      Given a user "cid"
      And a user "ann"
      And a user "bob"
      When the administrator asks for list with
        | loginPattern | <tag>-% |
        | sortField    | <field> |
        | sortOrder    | <order> |
      Then the list holds <people>, in this order

      Examples:
        | field | order | people           |
        | login | ASC   | ann, bob and cid |
        | login | DESC  | cid, bob and ann |
        | login | desc  | cid, bob and ann |
        | id    | ASC   | cid, ann and bob |
        | ID    | DESC  | bob, ann and cid |

    Scenario: A list by login without an order
      Given a user "cid"
      And a user "ann"
      When the administrator asks for list with
        | loginPattern | <tag>-% |
        | sortField    | login   |
      Then the list holds ann and cid, in this order

    @safe
    Scenario: A list by what is no property to sort by
      When the administrator asks for list with
        | sortField | password |
      Then the request is refused

  @DH-LIST-03 @observed
  Rule: take and skip cut a piece out of a list
    Source: java-server, user

    Scenario Outline: A list with take <take> and skip <skip>
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator asks for list with
        | loginPattern | <tag>-% |
        | sortField    | login   |
        | take         | <take>  |
        | skip         | <skip>  |
      Then the list holds <people>, in this order

      Examples:
        | take | skip | people      |
        | 2    | 0    | ann and bob |
        | 2    | 1    | bob and cid |
        | 2    | 2    | cid         |
        | 2    | 3    | none        |
        | 9    | 1    | bob and cid |
        | 1    | 0    | ann         |
        | 1    | 2    | cid         |
        | 3    | 0    | ann, bob and cid |
        | 3    | 3    | none        |
        | 4    | 0    | ann, bob and cid |

    Scenario Outline: A list in descending order with take <take> and skip <skip>
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator asks for list with
        | loginPattern | <tag>-% |
        | sortField    | login   |
        | sortOrder    | DESC    |
        | take         | <take>  |
        | skip         | <skip>  |
      Then the list holds <people>, in this order

      Examples:
        | take | skip | people      |
        | 2    | 0    | cid and bob |
        | 2    | 1    | bob and ann |
        | 1    | 2    | ann         |

  @DH-LIST-04 @observed
  Rule: The count takes the filters of the list
    Source: java-server, user

    Scenario Outline: A count with a pattern and <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator asks for count with
        | loginPattern | <tag>-% |
        | <parameter>  | <value> |
      Then the count is <count>

      Examples:
        | parameter | value | count |
        | role      | 1     | 2     |
        | status    | 0     | 2     |
        | status    | 1     | 0     |

    Scenario: A count with a login
      Given a user "ann"
      When the administrator asks for count with
        | login | <ann> |
      Then the count is 1
