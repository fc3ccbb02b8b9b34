@devicehive @lists @alone
Feature: Lists of users

  @DH-LIST-01 @observed
  Rule: A list is filtered by login, pattern, role and status
    Source: java-server, user

    Scenario Outline: A list with <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator lists the users with
        | <parameter> | <value> |
      Then the list holds <people>

      Examples:
        | parameter    | value                | people                         |
        | login        | (the login of "ann") | exactly "ann"                  |
        | login        | (tag)-nobody         | nothing                        |
        | loginPattern | (tag)-%              | exactly "ann", "eve" and "dan" |
        | loginPattern | (tag)-_an            | exactly "dan"                  |
        | loginPattern | (tag)                | nothing                        |

    Scenario Outline: A list with a pattern and <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator lists the users with
        | loginPattern | (tag)-% |
        | <parameter>  | <value> |
      Then the list holds <people>

      Examples:
        | parameter | value                | people                         |
        | role      | 0                    | exactly "eve"                  |
        | role      | 1                    | exactly "ann" and "dan"        |
        | status    | 0                    | exactly "ann" and "eve"        |
        | status    | 2                    | exactly "dan"                  |
        | login     | (the login of "ann") | exactly "ann", "eve" and "dan" |

  @DH-LIST-02 @observed
  Rule: A list is sorted by number or login, ascending unless asked otherwise
    Source: java-server, user

    Scenario Outline: A list by <field>, <order>
      Given a user "cid"
      And a user "ann"
      And a user "bob"
      When the administrator lists the users with
        | loginPattern | (tag)-% |
        | sortField    | <field> |
        | sortOrder    | <order> |
      Then the list holds <people>

      Examples:
        | field | order | people                                        |
        | login | ASC   | exactly "ann", "bob" and "cid", in this order |
        | login | DESC  | exactly "cid", "bob" and "ann", in this order |
        | login | desc  | exactly "cid", "bob" and "ann", in this order |
        | id    | ASC   | exactly "cid", "ann" and "bob", in this order |
        | ID    | DESC  | exactly "bob", "ann" and "cid", in this order |

    Scenario: A list by login without an order
      Given a user "cid"
      And a user "ann"
      When the administrator lists the users with
        | loginPattern | (tag)-% |
        | sortField    | login   |
      Then the list holds exactly "ann" and "cid", in this order

    @safe
    Scenario: A list by what is no property to sort by
      When the administrator lists the users with
        | sortField | password |
      Then it is refused

  @DH-LIST-03 @observed
  Rule: take and skip cut a piece out of a list
    Source: java-server, user

    Scenario Outline: A list with take <take> and skip <skip>
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator lists the users with
        | loginPattern | (tag)-% |
        | sortField    | login   |
        | take         | <take>  |
        | skip         | <skip>  |
      Then the list holds <people>

      Examples:
        | take | skip | people                                        |
        | 2    | 0    | exactly "ann" and "bob", in this order        |
        | 2    | 1    | exactly "bob" and "cid", in this order        |
        | 2    | 2    | exactly "cid"                                 |
        | 2    | 3    | nothing                                       |
        | 9    | 1    | exactly "bob" and "cid", in this order        |
        | 1    | 0    | exactly "ann"                                 |
        | 1    | 2    | exactly "cid"                                 |
        | 3    | 0    | exactly "ann", "bob" and "cid", in this order |
        | 3    | 3    | nothing                                       |
        | 4    | 0    | exactly "ann", "bob" and "cid", in this order |

    Scenario Outline: A list in descending order with take <take> and skip <skip>
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator lists the users with
        | loginPattern | (tag)-% |
        | sortField    | login   |
        | sortOrder    | DESC    |
        | take         | <take>  |
        | skip         | <skip>  |
      Then the list holds <people>

      Examples:
        | take | skip | people                                 |
        | 2    | 0    | exactly "cid" and "bob", in this order |
        | 2    | 1    | exactly "bob" and "ann", in this order |
        | 1    | 2    | exactly "ann"                          |

  @DH-LIST-04 @observed
  Rule: The count takes the filters of the list
    Source: java-server, user

    Scenario Outline: A count with a pattern and <parameter> as <value>
      Given a user "ann"
      And an administrator "eve"
      And a disabled user "dan"
      When the administrator counts the users with
        | loginPattern | (tag)-% |
        | <parameter>  | <value> |
      Then the count is <count>

      Examples:
        | parameter | value | count |
        | role      | 1     | 2     |
        | status    | 0     | 2     |
        | status    | 1     | 0     |

    Scenario: A count with a login
      Given a user "ann"
      When the administrator counts the users with
        | login | (the login of "ann") |
      Then the count is 1
